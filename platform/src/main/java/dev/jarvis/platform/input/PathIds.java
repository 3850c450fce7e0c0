package dev.jarvis.platform.input;

import dev.jarvis.platform.http.Call;
import dev.jarvis.platform.http.Refusal;
import dev.jarvis.platform.id.Uuids;

import java.util.UUID;

/** The {@code {id}} of a route. What is not an id names nothing, and is answered as a thing that does not exist. */
public final class PathIds {
    private PathIds() {}

    /** @param noun of the thing, for the answer 404 {@code <noun>_not_found} */
    public static UUID read(Call call, String noun) {
        return read(call, "id", noun);
    }

    /** The same of another part of the path than {@code {id}}. */
    public static UUID read(Call call, String parameter, String noun) {
        return Uuids.canonical(call.pathParameter(parameter)).orElseThrow(() -> notFound(noun));
    }

    /** The one answer for what does not exist and for what the caller may not see. */
    public static Refusal notFound(String noun) {
        return Refusal.notFound(noun + "_not_found", "There is no such " + noun + ".");
    }
}
