package dev.jarvis.server.engine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** G4: a server that is killed while runs are under way; a few times here, often in {@link KilledEngineChaosTest}. */
class KilledEngineTest {
    @TempDir
    private Path directory;

    @Test
    void g4_everyRunEndsAndNoStepIsPaidTwice() {
        new KilledEngine(directory).survives(3, 1, 4);
    }
}
