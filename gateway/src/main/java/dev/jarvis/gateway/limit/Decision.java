package dev.jarvis.gateway.limit;

import dev.jarvis.platform.http.Refusal;

/** What came of asking for a reservation. */
public sealed interface Decision {
    /** All of it is set aside. {@link Reservation#end} must follow. */
    record Reserved(Reservation reservation) implements Decision {}

    /** Nothing is set aside. */
    record Refused(Refusal refusal) implements Decision {}
}
