package dev.jarvis.server.engine;

import dev.jarvis.server.chaos.Seed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** As {@link KilledEngineTest}, with two hundred kills among three servers, which take over one another's runs. */
@Tag("chaos")
class KilledEngineChaosTest {
    @TempDir
    private Path directory;

    @Test
    void g4_everyRunEndsAndNoStepIsPaidTwice() {
        new KilledEngine(directory).survives(Seed.rounds(200), 3, 3);
    }
}
