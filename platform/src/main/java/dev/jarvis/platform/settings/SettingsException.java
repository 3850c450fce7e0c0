package dev.jarvis.platform.settings;

import dev.jarvis.platform.start.CannotStartException;

import java.util.List;

/** Settings are wrong. Names all that are, so that one start is enough to find them. */
public final class SettingsException extends CannotStartException {
    private final transient List<String> faults;

    SettingsException(List<String> faults) {
        super((faults.size() == 1 ? "A setting is wrong:" : faults.size() + " settings are wrong:") + "\n  - "
                + String.join("\n  - ", faults));
        this.faults = List.copyOf(faults);
    }

    /** One sentence each, beginning with the name of the setting. */
    public List<String> faults() {
        return faults;
    }
}
