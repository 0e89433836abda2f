-- Where a recipient's zones come from: number, postal code, state, a list, or the person.

-- Frozen at enrollment, as the zones themselves; null in older rows. How it is written, `time_zones/clues.rs` says.
ALTER TABLE recipients ADD COLUMN clues TEXT;
