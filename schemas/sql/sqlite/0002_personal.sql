-- Texts about people. The entry only holds a salted hash of them, so that they
-- can be erased without breaking a proof: the row stays, its bytes become
-- zeros in place, so that nothing rests on how pages are merged.
CREATE TABLE personal (
  seq     INTEGER PRIMARY KEY CHECK (seq >= 0),
  erased  INTEGER NOT NULL CHECK (erased IN (0, 1)),
  salt    BLOB    NOT NULL CHECK (length(salt) = 16),
  payload BLOB    NOT NULL
) STRICT;

-- The same for people with a SQL shell.
CREATE VIEW personal_text AS
SELECT seq, CAST(payload AS TEXT) AS json FROM personal WHERE erased = 0;

-- A careless hand is stopped here: rows come and are erased, nothing else.
CREATE TRIGGER personal_no_delete BEFORE DELETE ON personal
BEGIN SELECT RAISE(ABORT, 'personal texts are erased, not deleted'); END;

CREATE TRIGGER personal_only_erased BEFORE UPDATE ON personal
WHEN NEW.seq <> OLD.seq OR NEW.erased <> 1 OR NEW.salt <> zeroblob(16)
  OR NEW.payload <> zeroblob(length(OLD.payload))
BEGIN SELECT RAISE(ABORT, 'personal texts are erased, not changed'); END;

CREATE TRIGGER personal_no_replace BEFORE INSERT ON personal
WHEN EXISTS (SELECT 1 FROM personal WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'personal texts are erased, not changed'); END;
