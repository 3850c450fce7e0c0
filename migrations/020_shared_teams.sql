-- The teams through which people share: all that a user is in but the default one, or that if there is no other. A view of its
-- own, so that the engine needs no right on the tables of teams.
BEGIN;

CREATE VIEW shared_teams AS
    SELECT m.user_id, m.team_id
      FROM team_members m JOIN teams t ON t.id = m.team_id
     WHERE NOT t.is_default
        OR NOT EXISTS (SELECT 1 FROM team_members other JOIN teams o ON o.id = other.team_id
                        WHERE other.user_id = m.user_id AND NOT o.is_default);

INSERT INTO schema_migrations (version, name) VALUES (20, 'shared_teams');
COMMIT;
