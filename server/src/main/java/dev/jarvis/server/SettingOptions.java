package dev.jarvis.server;

import dev.jarvis.platform.settings.Setting;
import dev.jarvis.platform.settings.Settings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The flags that every command takes: one for each setting that is no secret, and the settings file. */
final class SettingOptions {
    /** {@code serve --roles engine --gateway http://10.1.0.5:8080} reads better. */
    private static final Map<Setting, String[]> OTHER_FLAGS =
            Map.of(Setting.GATEWAY_URL, new String[] {"--gateway"}, Setting.ENGINE_URL, new String[] {"--engine"});

    private final Map<String, String> flags = new HashMap<>();
    private Optional<Path> file =
            Optional.ofNullable(System.getenv("JARVIS_CONFIG")).map(Path::of);

    void addTo(CommandSpec command) {
        command.addOption(OptionSpec.builder("--config")
                .paramLabel("<file>")
                .type(Path.class)
                .description("Settings as lines of NAME=value.")
                .setter(new picocli.CommandLine.Model.ISetter() {
                    @Override
                    public <T> T set(T value) {
                        file = Optional.ofNullable((Path) value);
                        return value;
                    }
                })
                .build());
        Stream.of(Setting.values())
                .forEach(setting -> setting.flag().ifPresent(flag -> command.addOption(option(setting, flag))));
    }

    private OptionSpec option(Setting setting, String flag) {
        return OptionSpec.builder(flag, OTHER_FLAGS.getOrDefault(setting, new String[0]))
                .paramLabel("<" + setting.variable() + ">")
                .type(String.class)
                .description(setting.meaning() + " Default: " + setting.fallback() + ".")
                .setter(new picocli.CommandLine.Model.ISetter() {
                    @Override
                    public <T> T set(T value) {
                        if (value != null) {
                            flags.put(setting.variable(), value.toString());
                        }
                        return value;
                    }
                })
                .build();
    }

    Settings read() {
        return Settings.read(flags, System.getenv(), file);
    }
}
