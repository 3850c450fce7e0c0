package dev.jarvis.server;

import dev.jarvis.platform.postgres.Database;
import dev.jarvis.platform.postgres.Migrations;
import dev.jarvis.platform.start.CannotStartException;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.util.List;

/** What the database role of an engine apart may do: all that the engine needs, and nothing that opens more. */
final class EngineRights {
    private static final Logger LOG = LoggerFactory.getLogger(EngineRights.class);
    private static final String MORE =
            "Run deploy/engine-role.sql as the database's owner; see docs/operations/roles.md.";
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    /** As in {@code deploy/engine-role.sql}. */
    private static final String MISSING = """
            SELECT t.name || ' (' || t.rights || ')'
              FROM (VALUES ('agents', 'SELECT,INSERT,UPDATE,DELETE'), ('agent_versions', 'SELECT,INSERT,UPDATE,DELETE'),
                           ('conversations', 'SELECT,INSERT,UPDATE,DELETE'), ('messages', 'SELECT,INSERT,UPDATE,DELETE'),
                           ('attachments', 'SELECT,INSERT,UPDATE,DELETE'), ('runs', 'SELECT,INSERT,UPDATE,DELETE'),
                           ('run_steps', 'SELECT,INSERT,UPDATE,DELETE'), ('run_events', 'SELECT,INSERT,UPDATE,DELETE'),
                           ('mcp_servers', 'SELECT,INSERT,UPDATE,DELETE'), ('mcp_tools', 'SELECT,INSERT,UPDATE,DELETE'),
                           ('facts', 'SELECT,INSERT,UPDATE,DELETE'),
                           ('conversation_summaries', 'SELECT,INSERT,UPDATE,DELETE'),
                           ('change_notices', 'SELECT'), ('shared_teams', 'SELECT'), ('audit_logs', 'INSERT')) AS t (name, rights)
             WHERE EXISTS (SELECT 1 FROM unnest(string_to_array(t.rights, ',')) AS r (kind)
                            WHERE NOT has_table_privilege(t.name, r.kind))
             ORDER BY 1
            """;

    private static final String TOO_MUCH = """
            SELECT t.name FROM (VALUES ('provider_keys'), ('signing_keys'), ('users'), ('sessions'), ('caller_keys')) AS t (name)
             WHERE has_table_privilege(t.name, 'SELECT') ORDER BY 1
            """;

    private EngineRights() {}

    /** @throws CannotStartException naming every table that the engine cannot use as it must */
    static void check(Database database) {
        List<String> missing = names(database, MISSING);
        if (!missing.isEmpty()) {
            throw new CannotStartException("The database role "
                    + database.address().user() + " lacks rights on " + String.join(", ", missing) + ". " + MORE);
        }
        List<String> tooMuch = names(database, TOO_MUCH);
        if (!tooMuch.isEmpty()) {
            LOG.warn(
                    "The database role {} can read {}, which an engine apart has no use for. {}",
                    database.address().user(),
                    String.join(", ", tooMuch),
                    MORE);
        }
    }

    /** @throws CannotStartException if the role may not even look */
    static boolean areMigrationsApplied(Migrations migrations, Database database) {
        try {
            return migrations.areApplied(database);
        } catch (JdbiException e) {
            if (e.getCause() instanceof SQLException refused && INSUFFICIENT_PRIVILEGE.equals(refused.getSQLState())) {
                throw new CannotStartException(
                        "The database role " + database.address().user() + " may not read schema_migrations. " + MORE,
                        e);
            }
            throw e;
        }
    }

    private static List<String> names(Database database, String query) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(String.class).list());
    }
}
