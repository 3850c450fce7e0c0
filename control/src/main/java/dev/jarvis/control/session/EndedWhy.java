package dev.jarvis.control.session;

import java.util.Locale;

/** Why a session ended before its time. */
public enum EndedWhy {
    LOGOUT,
    /** An old refresh token was used again. */
    REUSE,
    PASSWORD,
    DISABLED,
    ROLE;

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
