package dev.jarvis.server.engine;

import dev.jarvis.server.chaos.Seed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** The same as {@link KilledEngineTest} with two hundred kills. */
@Tag("chaos")
class KilledEngineChaosTest {
    @TempDir
    private Path directory;

    @Test
    void g4_everyRunEndsAndNoStepIsPaidTwice() {
        new KilledEngine(directory).survives(Seed.rounds(200), 3, false);
    }
}
