package dev.jarvis.gateway.demo;

/** An error answer: the request was wrong, or asked for a failure. */
final class DemoFailure extends RuntimeException {
    private final int status;
    private final String code;

    DemoFailure(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    /** The failure that {@code /demo fail=<status>} asks for, with the type and code a real provider uses for it. */
    static DemoFailure asked(int status) {
        String code = switch (status) {
            case 401 -> "invalid_api_key";
            case 404 -> "model_not_found";
            case 429 -> "rate_limit_exceeded";
            case 529, 503 -> "overloaded";
            default -> status < 500 ? "invalid_request" : "server_error";
        };
        return new DemoFailure(status, code, "The demo model was asked to fail with " + status + ".");
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String type() {
        if (status == 429) {
            return "requests";
        }
        return status < 500 ? "invalid_request_error" : "server_error";
    }
}
