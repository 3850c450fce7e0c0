package dev.jarvis.server;

import dev.jarvis.platform.settings.Setting;
import dev.jarvis.platform.start.CannotStartException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The command line: {@code ./jarvis <command>}. */
@Command(
        name = "jarvis",
        description = "One service between your people and all their LLM providers.",
        synopsisSubcommandLabel = "<command>")
public final class Main implements Runnable {
    /** Configuration error, of sysexits.h. */
    static final int CANNOT_START = 78;

    private static final int FAILED = 70;

    private final PrintWriter out;

    private Main(PrintWriter out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, UTF_8);
        PrintWriter errors = new PrintWriter(System.err, true, UTF_8);
        System.exit(run(Wiring::assemble, out, errors, arguments));
    }

    /**
     * The exit code. Never throws: a process whose main thread ends by an error (a class that is missing, no memory) would
     * be kept alive by the threads that it has started by then, serve nothing and hold its data directory.
     */
    static int run(Parts.Assembly assembly, PrintWriter out, PrintWriter errors, String... arguments) {
        try {
            return commandLine(assembly, out, errors).execute(arguments);
        } catch (Throwable failure) {
            return report(failure, errors);
        }
    }

    static CommandLine commandLine(Parts.Assembly assembly, PrintWriter out, PrintWriter errors) {
        CommandLine main = new CommandLine(new Main(out));
        addCommand(main, "serve", options -> new ServeCommand(options, assembly));
        addCommand(main, "doctor", options -> new DoctorCommand(options, out));
        CommandLine vault = new CommandLine(new VaultCommand());
        addCommand(vault, "rotate", options -> new RotateCommand(options, out));
        main.addSubcommand("vault", vault);
        main.addSubcommand("rehearse", new CommandLine(new RehearseCommand(assembly)));
        main.addSubcommand("settings", new CommandLine(new SettingsCommand(out)));
        main.addSubcommand("version", new CommandLine(new VersionCommand(out)));
        main.addSubcommand("help", new CommandLine.HelpCommand());
        return main.setOut(out)
                .setErr(errors)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler((failure, command, result) -> report(failure, errors));
    }

    private static void addCommand(
            CommandLine parent, String name, Function<SettingOptions, Callable<Integer>> command) {
        SettingOptions options = new SettingOptions();
        CommandSpec spec = CommandSpec.forAnnotatedObject(command.apply(options));
        options.addTo(spec);
        parent.addSubcommand(name, new CommandLine(spec));
    }

    private static int report(Throwable failure, PrintWriter errors) {
        if (failure instanceof CannotStartException) {
            errors.println("jarvis: " + failure.getMessage());
            return CANNOT_START;
        }
        failure.printStackTrace(errors);
        return FAILED;
    }

    @Override
    public void run() {
        new CommandLine(this).usage(out);
        out.println("Commands:");
        out.println("  serve         starts the server");
        out.println("  doctor        checks what a server needs on this machine");
        out.println("  vault rotate  seals all secrets under a new master key, while servers run");
        out.println("  settings      lists every setting");
        out.println("  version");
        out.println("  help <command>");
    }

    @Command(name = "vault", description = "Works on the vault, which seals the provider keys.")
    private static final class VaultCommand {}

    @Command(name = "version", description = "Prints the version.")
    private record VersionCommand(PrintWriter out) implements Runnable {
        @Override
        public void run() {
            out.println("jarvis " + Version.text() + " on Java " + Runtime.version());
        }
    }

    @Command(name = "settings", description = "Lists every setting.")
    private record SettingsCommand(PrintWriter out) implements Runnable {
        @Override
        public void run() {
            out.println(
                    "Each is an environment variable, a line of the file named by --config, and, if it is no secret, a"
                            + " flag. Flags win over the environment, the environment over the file.");
            Stream.of(Setting.values()).forEach(setting -> {
                out.println();
                out.println(setting.variable()
                        + setting.flag().map(flag -> "  " + flag).orElse(""));
                out.println("    " + setting.meaning());
                out.println("    Default: " + setting.fallback());
            });
        }
    }
}
