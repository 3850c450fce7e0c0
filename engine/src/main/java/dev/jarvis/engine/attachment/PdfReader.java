package dev.jarvis.engine.attachment;

import dev.jarvis.platform.http.Refusal;
import org.apache.commons.logging.LogFactory;
import org.apache.fontbox.FontBoxFont;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the text of PDFs in a process of its own, {@link PdfProgram}: a PDF of some kilobytes can unpack to gigabytes or keep
 * a parser busy for hours, and only a process has a memory and an end of its own. It gets nothing of the server's
 * environment, and nothing on its class path but the parser.
 */
final class PdfReader {
    private static final Logger LOG = LoggerFactory.getLogger(PdfReader.class);
    private static final String MEMORY = "-Xmx256m";
    private static final int AT_A_TIME = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration QUEUE = Duration.ofSeconds(30);
    private static final int OUT_OF_MEMORY = 3;
    private static final int KILLED = 128 + 9;

    /** A character of the text is four bytes at most; more comes from no program of ours. */
    private static final int MOST_OUTPUT = 4 * (FileContent.MOST_CHARACTERS + 1_000);

    private final Semaphore places = new Semaphore(AT_A_TIME);

    /** @throws Refusal 400 {@code pdf_*}; 503 {@code engine_busy} */
    FileContent read(byte[] bytes) {
        try {
            if (!places.tryAcquire(QUEUE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw Refusal.unavailable("engine_busy", "Other PDFs are being read. Try again in a moment.");
            }
            try {
                return readNow(bytes);
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("server_stopping", "This server is stopping. Try again.");
        }
    }

    private static FileContent readNow(byte[] bytes) throws InterruptedException {
        Process process = start();
        try {
            Thread feeding = Thread.ofVirtual().start(() -> feed(process, bytes));
            Thread ending = Thread.ofVirtual().start(() -> endLate(process));
            byte[] output = process.getInputStream().readNBytes(MOST_OUTPUT);
            int code = process.waitFor();
            feeding.join();
            ending.interrupt();
            return result(code, new String(output, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw tooComplex(); // its pipe broke because it was ended
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start() {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                MEMORY,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.awt.headless=true",
                "-Dpdfbox.fontcache=" + System.getProperty("java.io.tmpdir"),
                "-cp",
                classPath(),
                PdfProgram.class.getName());
        builder.environment().clear();
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            return builder.start();
        } catch (IOException e) {
            LOG.atError().setCause(e).log("The program that reads PDFs cannot be started");
            throw Refusal.unavailable(
                    "pdf_reader_unavailable", "This server cannot read PDFs now. Attach text instead.");
        }
    }

    private static String classPath() {
        return Stream.of(
                        PdfProgram.class, PDDocument.class, RandomAccessRead.class, FontBoxFont.class, LogFactory.class)
                .map(type -> new File(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .getPath())
                        .getAbsolutePath())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** A program that has seen enough closes its end; how it ended says why. */
    private static void feed(Process process, byte[] bytes) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(bytes);
        } catch (IOException e) {
            LOG.debug("The program that reads PDFs did not take the whole file", e);
        }
    }

    private static void endLate(Process process) {
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The first line has the number of pages and whether there is more text; the text follows. */
    private static FileContent result(int code, String output) {
        switch (code) {
            case 0 -> {
                int end = output.indexOf('\n');
                List<String> head = List.of(output.substring(0, end).split(" "));
                String text = output.substring(end + 1).strip();
                if (text.isEmpty()) {
                    throw Refusal.badRequest(
                            "pdf_without_text",
                            "The PDF has no text, only pictures: it was probably scanned. Attach its pages as images.",
                            null);
                }
                return FileContent.pdf(Integer.parseInt(head.getFirst()), text, Boolean.parseBoolean(head.getLast()));
            }
            case PdfProgram.ENCRYPTED ->
                throw Refusal.badRequest(
                        "pdf_encrypted", "The PDF is protected by a password. Save it without one.", null);
            case PdfProgram.TOO_MANY_PAGES ->
                throw Refusal.badRequest(
                        "pdf_too_complex",
                        "The PDF has more than " + PdfProgram.MOST_PAGES + " pages. Attach those that matter.",
                        null);
            case OUT_OF_MEMORY, KILLED -> throw tooComplex();
            default -> throw Refusal.badRequest("invalid_pdf", "The PDF is damaged and cannot be read.", null);
        }
    }

    private static Refusal tooComplex() {
        return Refusal.badRequest(
                "pdf_too_complex",
                "The PDF takes more memory or time than its text is worth. Save it anew, or attach its text.",
                null);
    }
}
