-- Tags are listed and counted within departments, along an index alone.
ALTER TABLE contact_tags ADD COLUMN department_id {{uuid}};
UPDATE contact_tags SET department_id = (SELECT c.department_id FROM contacts c WHERE c.id = contact_tags.contact_id);
CREATE INDEX contact_tags_of_department ON contact_tags (department_id, tag, contact_id);

-- The imports that brought people into a campaign.
CREATE INDEX imports_of_campaign ON imports (campaign_id, id) WHERE campaign_id IS NOT NULL;
