package dev.jarvis.platform.postgres;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A shell that waits for the end of its input, which comes when this Java process is gone, however it went, and then stops
 * the server. So kill -9 leaves no orphan. It ignores the terminal's interrupt: a server that shuts down in order still
 * needs its database until it has shipped what it owes.
 */
final class Guardian implements AutoCloseable {
    private static final String SCRIPT = """
            trap '' HUP INT TERM
            while read -r line; do :; done
            read -r running <"$1/postmaster.pid" && [ "$running" = "$2" ] && kill -INT "$2"
            """;

    private final Process shell;

    private Guardian(Process shell) {
        this.shell = shell;
    }

    static Guardian over(Postmaster postmaster, Path dataDirectory) throws IOException {
        String pid = Long.toString(postmaster.process().pid());
        return new Guardian(new ProcessBuilder("sh", "-c", SCRIPT, "jarvis-guardian", dataDirectory.toString(), pid)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** Lets the shell go, after the server has stopped. */
    @Override
    public void close() {
        shell.destroyForcibly();
    }
}
