package dev.jarvis.engine.mcp.client;

/**
 * An MCP server did not do what it was asked. The message is for administrators and models; what the server said is in it only as
 * far as it is plain and short.
 */
public final class McpException extends Exception {
    private static final long serialVersionUID = 1;

    /** Kinds of failure that callers tell apart; the codes are part of the API. */
    public enum Kind {
        FORBIDDEN_TARGET("forbidden_target"),
        UNREACHABLE("unreachable"),
        TIMEOUT("timeout"),
        UNAUTHORIZED("unauthorized"),
        REDIRECTED("redirected"),
        NOT_MCP("not_mcp"),
        BAD_ANSWER("bad_answer"),
        TOO_LARGE("answer_too_large"),
        REFUSED("refused"),
        SESSION_GONE("session_gone"),
        STOPPED("stopped"),
        CREDENTIAL_LOST("credential_lost");

        private final String code;

        Kind(String code) {
            this.code = code;
        }
    }

    private final Kind kind;

    public McpException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    public String code() {
        return kind.code;
    }

    /** The message, which is always there. */
    public String text() {
        return String.valueOf(getMessage());
    }

    /** Nothing came of a request. @param reason as of {@link dev.jarvis.engine.egress.NoAnswerException} */
    static McpException unanswered(String reason) {
        return switch (reason) {
            case "forbidden_target" ->
                new McpException(
                        McpException.Kind.FORBIDDEN_TARGET,
                        "The server's address is not public, and not inside JARVIS_UPSTREAM_ALLOW.");
            case "timeout" -> new McpException(McpException.Kind.TIMEOUT, "The server did not answer in time.");
            case "unknown_host" ->
                new McpException(McpException.Kind.UNREACHABLE, "There is no host of the server's name.");
            case "tls_failed" ->
                new McpException(McpException.Kind.UNREACHABLE, "The server's certificate is not valid.");
            case "connect_failed" -> new McpException(McpException.Kind.UNREACHABLE, "The server cannot be reached.");
            default -> new McpException(McpException.Kind.UNREACHABLE, "The connection to the server broke.");
        };
    }
}
