-- What the import doctor knows of a list, and how many rows it mended.

-- What the list's columns usually hold, learnt from its first rows before the first is written; null before, and in
-- imports of earlier versions.
ALTER TABLE imports ADD COLUMN habits TEXT;
-- Of the rows that have a fate, those that were mended; a row of any fate but rejected.
ALTER TABLE imports ADD COLUMN repaired {{int}} NOT NULL DEFAULT 0;
