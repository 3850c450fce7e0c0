package dev.jarvis.control.audit;

import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.identity.Identity;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * Where an act comes from: the person, the key and the address, and the request that a log line can be found by.
 *
 * @param actorId empty where nobody was logged in
 * @param actorName the user's name then; of a refused login, the name that was tried
 */
public record Origin(
        @Nullable UUID actorId,
        @Nullable String actorName,
        @Nullable UUID callerKeyId,
        @Nullable String remoteAddress,
        String requestId) {

    /** The request and whoever it authenticated as. */
    public static Origin of(Call call) {
        Identity caller = call.identity().orElse(null);
        return caller == null
                ? new Origin(null, null, null, call.remoteAddress(), call.requestId())
                : new Origin(
                        caller.userId(),
                        caller.username(),
                        caller.callerKeyId().orElse(null),
                        call.remoteAddress(),
                        call.requestId());
    }

    /** The server itself, from its settings. */
    public static Origin ofServer() {
        return ofServer("start");
    }

    /**
     * The server itself.
     *
     * @param occasion in place of a request id
     */
    public static Origin ofServer(String occasion) {
        return new Origin(null, "server", null, null, occasion);
    }

    /** Whoever runs a command on the machine, by the name that the machine knows them by. */
    public static Origin ofCommand(String command, String machineUser) {
        return new Origin(null, "command line: " + machineUser, null, null, command);
    }

    /** The same request, by a person who proved only in it who they are: a login, a setup. */
    public Origin by(UUID userId, String username) {
        return new Origin(userId, username, callerKeyId, remoteAddress, requestId);
    }

    /** The same request, by a name that nothing proves. */
    public Origin claiming(String username) {
        return new Origin(actorId, username, callerKeyId, remoteAddress, requestId);
    }
}
