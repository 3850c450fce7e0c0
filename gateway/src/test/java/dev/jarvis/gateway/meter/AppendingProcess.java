package dev.jarvis.gateway.meter;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jdbi.v3.core.Jdbi;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;

/** A gateway in a process of its own, to be killed: says which attempts it opened (O) and which it settled (S). */
final class AppendingProcess {
    private static final int THREADS = 3;

    private AppendingProcess() {}

    /** @param arguments the journal's directory */
    public static void main(String[] arguments) throws Exception {
        Jdbi nobody = Jdbi.create("jdbc:postgresql://127.0.0.1:1/nobody");
        JournalSettings settings = Samples.settings(Path.of(arguments[0]), Durability.WRITE);
        JournalMeter meter = JournalMeter.start(settings, nobody, new SimpleMeterRegistry(), InstantSource.system());
        for (int i = 0; i < THREADS; i++) {
            Thread.ofPlatform().start(() -> append(meter, System.out));
        }
    }

    private static void append(JournalMeter meter, PrintStream out) {
        for (long round = 0; ; round++) {
            try {
                MeteredAttempt attempt = meter.open(Samples.opening());
                out.println("O " + attempt.id());
                attempt.progress(new Delivered(1, 40, 0));
                if (round % 3 != 0) {
                    attempt.settle(Samples.completed(10, 20));
                    out.println("S " + attempt.id());
                }
            } catch (Meter.NotAdmittingException full) {
                Thread.onSpinWait();
            }
        }
    }
}
