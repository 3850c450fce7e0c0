package dev.jarvis.server;

import dev.jarvis.platform.settings.Settings;
import picocli.CommandLine.Command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Checks what a server needs on this machine. Changes nothing. Exit code 1 if something is broken. */
@Command(name = "doctor", description = "Checks what a server needs on this machine.", sortOptions = false)
final class DoctorCommand implements Callable<Integer> {
    private final SettingOptions options;
    private final PrintWriter out;

    DoctorCommand(SettingOptions options, PrintWriter out) {
        this.options = options;
        this.out = out;
    }

    @Override
    public Integer call() {
        Settings settings = options.read();
        Logging.configure(settings.logFormat());
        List<Finding> findings = new ArrayList<>(new MachineCheck(settings).findings());
        findings.addAll(new DatabaseCheck(settings).findings());
        boolean broken = false;
        for (Finding finding : findings) {
            String mark = switch (finding) {
                case Finding.Fine ignored -> "ok      ";
                case Finding.Notable ignored -> "note    ";
                case Finding.Broken ignored -> "BROKEN  ";
            };
            broken |= finding instanceof Finding.Broken;
            out.println(mark + finding.text());
        }
        return broken ? 1 : 0;
    }
}
