-- The journal: every accepted fact is one row, and every row is one leaf of
-- the audit tree. `bytes` holds exactly what was hashed; it stands last so
-- that the small columns are found without walking overflow pages.
CREATE TABLE audit_entry (
  idx   INTEGER PRIMARY KEY CHECK (idx >= 0),
  bout  TEXT    NOT NULL CHECK (length(bout) BETWEEN 1 AND 64),
  bseq  INTEGER NOT NULL CHECK (bseq >= 0),
  leaf  BLOB    NOT NULL CHECK (length(leaf) = 32),
  bytes BLOB    NOT NULL,
  UNIQUE (bout, bseq)
) STRICT;

-- What the tree was after the last committed entry: always one row.
CREATE TABLE audit_head (
  id       INTEGER PRIMARY KEY CHECK (id = 0),
  size     INTEGER NOT NULL CHECK (size >= 0),
  root     BLOB    NOT NULL CHECK (length(root) = 32),
  frontier BLOB    NOT NULL CHECK (length(frontier) % 32 = 0)
) STRICT;

INSERT INTO audit_head (id, size, root, frontier)
VALUES (0, 0, zeroblob(32), zeroblob(0));

-- Every signed checkpoint that ever left the house.
CREATE TABLE audit_checkpoint (
  size INTEGER PRIMARY KEY CHECK (size >= 0),
  root BLOB    NOT NULL CHECK (length(root) = 32),
  note BLOB    NOT NULL
) STRICT;

-- The same journal for people with a SQL shell.
CREATE VIEW audit_entry_text AS
SELECT idx, bout, bseq, CAST(bytes AS TEXT) AS json, lower(hex(leaf)) AS leaf
FROM audit_entry;

-- Append only. A careless hand is stopped here; a determined one is found by
-- the audit tree. INSERT OR REPLACE fires no DELETE trigger unless the
-- connection asks for it. The small tables close that door; on audit_entry a
-- trigger per insert would cost a quarter of the throughput, so there a
-- replaced entry is left to its leaf hash.
CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END;

CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END;

CREATE TRIGGER audit_checkpoint_no_update BEFORE UPDATE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, 'audit_checkpoint is append-only'); END;

CREATE TRIGGER audit_checkpoint_no_delete BEFORE DELETE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, 'audit_checkpoint is append-only'); END;

CREATE TRIGGER audit_checkpoint_no_replace BEFORE INSERT ON audit_checkpoint
WHEN EXISTS (SELECT 1 FROM audit_checkpoint WHERE size = NEW.size)
BEGIN SELECT RAISE(ABORT, 'audit_checkpoint is append-only'); END;

CREATE TRIGGER audit_head_never_shrinks BEFORE UPDATE ON audit_head
WHEN NEW.size < OLD.size
BEGIN SELECT RAISE(ABORT, 'the journal never shrinks'); END;

CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head
BEGIN SELECT RAISE(ABORT, 'audit_head keeps its row'); END;

CREATE TRIGGER audit_head_no_replace BEFORE INSERT ON audit_head
WHEN EXISTS (SELECT 1 FROM audit_head)
BEGIN SELECT RAISE(ABORT, 'audit_head has one row'); END;
