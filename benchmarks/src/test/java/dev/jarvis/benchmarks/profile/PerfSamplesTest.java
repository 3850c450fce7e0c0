package dev.jarvis.benchmarks.profile;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class PerfSamplesTest {

    @Test
    void sortsSamplesIntoAreas() {
        PerfSamples samples = PerfSamples.read(List.of(
                "  C2 CompilerThre  4460      7fecf3939f35 PhaseChaitin::Split(int) (/opt/jdk/libjvm.so)",
                "  vert.x-eventloo  4454  ffffffff81000000 tcp_sendmsg ([kernel.kallsyms])",
                "  vert.x-eventloo  4454      7fecf3f1c805 void dev.jarvis.gateway.door.ChatEndpoint$$Lambda/0x0001.handle(io.x.Y) (/tmp/perf-1.map)",
                "  vert.x-eventloo  4454      7fecf3f1c805 StubRoutines (initialstubs) (/tmp/perf-1.map)"));
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        samples.print(new PrintStream(text, true, StandardCharsets.UTF_8));
        assertThat(text.toString(StandardCharsets.UTF_8))
                .contains("25.0 %  JIT compiler")
                .contains("25.0 %  kernel")
                .contains("25.0 %  dev.jarvis.gateway.door")
                .contains("25.0 %  JVM stubs and interpreter");
    }
}
