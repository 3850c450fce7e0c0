package dev.jarvis.control.settings;

import dev.jarvis.control.setup.Setup;
import dev.jarvis.platform.http.Access;
import dev.jarvis.platform.http.BlockingEndpoints;
import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Reply;
import dev.jarvis.platform.input.QueryParameters;
import dev.jarvis.platform.postgres.DatabaseAddress;
import io.vertx.core.http.HttpMethod;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

import java.time.Clock;
import java.util.List;

/** {@code /api/v1/settings} for administrators, and the little that a login page may know. */
public final class SettingsEndpoint {
    private static final List<String> LANGUAGES = List.of("en", "zh");

    /** Nodes that were gone for longer are history. */
    private static final String NODES = """
            SELECT id, name, updated_at AS seen_at, updated_at > now() - interval '15 seconds' AS live
            FROM gateway_nodes WHERE updated_at > now() - interval '1 day' ORDER BY name, id
            """;

    private static final String DATABASE = """
            SELECT :kind AS kind, :address AS address, current_setting('server_version') AS version,
                   pg_database_size(current_database()) AS size_bytes,
                   (SELECT max(version) FROM schema_migrations) AS migration
            """;

    private final Jdbi jdbi;
    private final Setup setup;
    private final ThisServer server;
    private final Clock clock;

    public SettingsEndpoint(Jdbi jdbi, Setup setup, ThisServer server, Clock clock) {
        this.jdbi = jdbi;
        this.setup = setup;
        this.server = server;
        this.clock = clock;
    }

    public void addTo(BlockingEndpoints endpoints) {
        endpoints
                .add(HttpMethod.GET, "/api/v1/settings", Access.ADMIN, this::settings)
                .add(HttpMethod.GET, "/api/v1/server", Access.PUBLIC, this::server);
    }

    /** The version is not in it: who is not known need not know which faults to try. */
    private record ServerView(String product, boolean setupNeeded, List<String> languages) {}

    private Reply server(Call call) {
        QueryParameters.none(call);
        return Reply.ok(new ServerView("Jarvis", setup.isNeeded(), LANGUAGES));
    }

    private Reply settings(Call call) {
        QueryParameters.none(call);
        return Reply.ok(
                jdbi.withHandle(handle -> SettingsView.of(server, clock.instant(), database(handle), nodes(handle))));
    }

    private SettingsView.DatabaseView database(Handle handle) {
        boolean builtIn = server.settings().database().isEmpty();
        return handle.createQuery(DATABASE)
                .bind("kind", builtIn ? "built_in" : "external")
                .bind(
                        "address",
                        server.settings()
                                .database()
                                .map(SettingsEndpoint::shown)
                                .orElse(""))
                .map(ConstructorMapper.of(SettingsView.DatabaseView.class))
                .one();
    }

    private static List<SettingsView.NodeView> nodes(Handle handle) {
        return handle.createQuery(NODES)
                .map(ConstructorMapper.of(SettingsView.NodeView.class))
                .list();
    }

    /** Where it is, without its parameters and who logs in. */
    private static String shown(DatabaseAddress address) {
        return address.jdbcUrl().replaceFirst("^jdbc:", "").replaceFirst("[?].*", "");
    }
}
