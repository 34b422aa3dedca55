"""PostgreSQL: what must survive. One file for each operation, its SQL on top; all run through
Database.run()."""
