package dev.jarvis.gateway.dialect.openai;

import dev.jarvis.gateway.dialect.sse.EventStreamReader;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.IntSupplier;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Prints what one body and one event cost. Run by hand; the build does not. */
public final class DialectBenchmark {
    private static final int ROUNDS = 15;
    private static final long ROUND_NANOS = 200_000_000;

    private static long sink;

    private DialectBenchmark() {}

    public static void main(String[] args) {
        String sentence = "The quick brown fox jumps over the lazy dog, said \\\"someone\\\".\\n";
        measure("request of 1 KB", body(sentence, 1));
        measure("request of 100 KB, one string", body(sentence, 100));
        measure("request of 100 KB, Chinese", body("你好，世界。", 100));
        measure("request of 100 KB, 400 messages", conversation());
        String chunk = "data: {\"id\":\"chatcmpl-CxYz0123456789abcdefghijklmno\",\"object\":\"chat.completion.chunk\","
                + "\"created\":1763900000,\"model\":\"gpt-4o-mini-2024-07-18\",\"service_tier\":\"default\","
                + "\"system_fingerprint\":\"fp_560af6e559\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" token\"},"
                + "\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}\n\n";
        byte[] stream = chunk.repeat(100).getBytes(UTF_8);
        measureEvents("event of " + chunk.length() + " bytes, read and tapped", stream, false);
        measureEvents("the same, usage cut out", stream, true);
    }

    private static byte[] body(String sentence, int kilobytes) {
        String head = "{\"model\":\"gpt-4o\",\"stream\":true,\"temperature\":0.7,\"messages\":["
                + "{\"role\":\"system\",\"content\":\"You are helpful.\"},{\"role\":\"user\",\"content\":\"";
        int times = (kilobytes * 1024 - head.length() - 4) / sentence.getBytes(UTF_8).length;
        return (head + sentence.repeat(times) + "\"}]}").getBytes(UTF_8);
    }

    private static byte[] conversation() {
        String message = "{\"role\":\"user\",\"content\":\"" + "words and words, ".repeat(13) + "\"},";
        return ("{\"model\":\"gpt-4o\",\"messages\":[" + message.repeat(400) + "{\"role\":\"user\",\"content\":\"\"}]}")
                .getBytes(UTF_8);
    }

    private static void read(byte[] body) {
        sink += ChatRequestReader.read(body).rewrittenLength("upstream-model");
    }

    private static void measure(String name, byte[] body) {
        report(name + " (" + body.length + " bytes)", () -> {
            read(body);
            return 1;
        });
    }

    private static void measureEvents(String name, byte[] stream, boolean cut) {
        report(name, () -> {
            ChatStreamTap tap = new ChatStreamTap(1, OptionalLong.empty());
            int[] events = {0};
            new EventStreamReader().feed(stream, 0, stream.length, event -> {
                sink += tap.read(event).ordinal() + (cut ? tap.withoutUsage().size() : 0);
                events[0]++;
            });
            return events[0];
        });
    }

    /** The median over rounds of CPU time per unit of work: other processes on the machine do not count. */
    private static void report(String name, IntSupplier work) {
        double[] micros = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long units = 0;
            long start = cpuNanos();
            while (cpuNanos() - start < ROUND_NANOS) {
                for (int i = 0; i < 100; i++) {
                    units += work.getAsInt();
                }
            }
            micros[round] = (cpuNanos() - start) / 1_000.0 / units;
        }
        double[] warm = Arrays.copyOfRange(micros, ROUNDS / 3, ROUNDS);
        Arrays.sort(warm);
        System.out.printf(Locale.ROOT, "%-50s %8.3f µs%n", name, warm[warm.length / 2]);
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
