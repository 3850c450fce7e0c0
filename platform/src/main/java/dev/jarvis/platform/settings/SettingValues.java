package dev.jarvis.platform.settings;

import dev.jarvis.platform.start.CannotStartException;
import dev.jarvis.platform.start.SecretFile;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The texts of the settings, merged from their sources, and the faults found in them. Read by hand: a library would bring
 * the merging, which is ten lines, and not what matters here: unknown names, all faults at once, and no secret in any of
 * them.
 */
final class SettingValues {
    private static final String PREFIX = "JARVIS_";

    /** Used by the launcher and not by us. */
    private static final Set<String> LAUNCHER =
            Set.of("JARVIS_JAVA_HOME", "JARVIS_JAVA_OPTS", "JARVIS_JDK_RELEASE", "JARVIS_CONFIG");

    private final Map<Setting, String> values = new EnumMap<>(Setting.class);
    private final List<String> faults = new ArrayList<>();

    static SettingValues merge(Map<String, String> flags, Map<String, String> environment, Optional<Path> file) {
        SettingValues merged = new SettingValues();
        file.ifPresent(path -> merged.addAll(merged.readFile(path), "in " + path));
        merged.addAll(environment, "in the environment");
        merged.addAll(flags, "on the command line");
        return merged;
    }

    private void addAll(Map<String, String> source, String where) {
        source.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !LAUNCHER.contains(name)) {
                settingOf(name)
                        .ifPresentOrElse(
                                setting -> values.put(setting, value),
                                () -> faults.add(name + " (" + where
                                        + "): there is no such setting. './jarvis help settings'" + " lists them."));
            }
        });
    }

    private Map<String, String> readFile(Path file) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(file)));
            for (String name : properties.stringPropertyNames()) {
                if (!name.startsWith(PREFIX)) {
                    faults.add(name + " (in " + file + "): there is no such setting; names begin with JARVIS_.");
                }
            }
            if (properties.stringPropertyNames().stream().anyMatch(SettingValues::isSecret)) {
                SecretFile.read(file);
            }
        } catch (IOException e) {
            faults.add("--config: " + file + " cannot be read (" + e.getClass().getSimpleName() + ").");
        } catch (CannotStartException e) {
            faults.add("--config: " + e.getMessage());
        }
        Map<String, String> texts = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> texts.put(name, properties.getProperty(name)));
        return texts;
    }

    private static boolean isSecret(String name) {
        return settingOf(name).filter(Setting::isSecret).isPresent();
    }

    private static Optional<Setting> settingOf(String name) {
        return Stream.of(Setting.values())
                .filter(setting -> setting.variable().equals(name))
                .findFirst();
    }

    /** The text of a setting, if it is given. Blank is a fault, not the same as not given. */
    Optional<String> text(Setting setting) {
        @Nullable String value = values.get(setting);
        if (value == null) {
            return Optional.empty();
        }
        if (value.isBlank()) {
            fault(setting, "it is blank. Give it a value, or remove it.");
            return Optional.empty();
        }
        return Optional.of(value.strip());
    }

    /**
     * A setting's value, or what holds without it.
     *
     * @param read throws IllegalArgumentException with what is wrong, beginning with "it" or a verb, never with a secret
     */
    <T> T value(Setting setting, T fallback, Function<String, T> read) {
        return optional(setting, read).orElse(fallback);
    }

    <T> Optional<T> optional(Setting setting, Function<String, T> read) {
        Optional<String> text = text(setting);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(read.apply(text.get()));
        } catch (IllegalArgumentException e) {
            fault(setting, e.getMessage() + ".");
            return Optional.empty();
        }
    }

    boolean isGiven(Setting setting) {
        return values.containsKey(setting);
    }

    void fault(Setting setting, String what) {
        faults.add(setting.variable() + ": " + what);
    }

    List<String> faults() {
        return faults;
    }
}
