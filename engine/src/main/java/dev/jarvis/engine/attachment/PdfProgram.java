package dev.jarvis.engine.attachment;

import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;

import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A PDF on the standard input, its text on the standard output. Run by {@link PdfReader} in a process of its own, so it uses
 * nothing but the parser.
 */
final class PdfProgram {
    static final int MOST_PAGES = 1_000;
    static final int ENCRYPTED = 10;
    static final int TOO_MANY_PAGES = 11;
    private static final int BROKEN = 12;

    private PdfProgram() {}

    @SuppressWarnings("SystemExitOutsideMain")
    public static void main(String[] arguments) throws IOException {
        Logger.getLogger("").setLevel(Level.OFF);
        int code = run(System.in.readAllBytes(), System.out);
        System.exit(code);
    }

    private static int run(byte[] file, PrintStream out) {
        try (PDDocument document = Loader.loadPDF(file)) {
            if (document.getNumberOfPages() > MOST_PAGES) {
                return TOO_MANY_PAGES;
            }
            StringWriter text = new StringWriter();
            int page = 1;
            for (; page <= document.getNumberOfPages() && !isFull(text); page++) {
                PDFTextStripper stripper = new PDFTextStripper();
                stripper.setSortByPosition(true);
                stripper.setStartPage(page);
                stripper.setEndPage(page);
                stripper.writeText(document, text);
            }
            boolean more = page <= document.getNumberOfPages();
            String all = text.toString();
            String shown = all.substring(0, Math.min(all.length(), FileContent.MOST_CHARACTERS + 1));
            String head = document.getNumberOfPages() + " " + more + "\n";
            out.write((head + shown.replace("\u0000", "")).getBytes(StandardCharsets.UTF_8));
            out.flush();
            return 0;
        } catch (InvalidPasswordException e) {
            return ENCRYPTED;
        } catch (IOException | RuntimeException e) {
            return BROKEN;
        }
    }

    private static boolean isFull(StringWriter text) {
        return text.getBuffer().length() > FileContent.MOST_CHARACTERS;
    }
}
