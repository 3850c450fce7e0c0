package dev.jarvis.control.answer;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A table as CSV (RFC 4180, UTF-8) that a spreadsheet can open without running anything: a text that begins like a formula
 * gets an apostrophe in front, as OWASP advises. Numbers are left as they are.
 */
public final class CsvAnswer {
    public static final String CONTENT_TYPE = "text/csv; charset=utf-8; header=present";

    private final CSVPrinter printer;

    /** Begins a table with its header. */
    public CsvAnswer(OutputStream out, List<String> header) throws IOException {
        this.printer = new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), CSVFormat.RFC4180);
        printer.printRecord(header);
    }

    /** @param values in the header's order; {@code null} is an empty cell */
    public void row(List<? extends @Nullable Object> values) throws IOException {
        for (Object value : values) {
            printer.print(value instanceof Number ? value : safe(value));
        }
        printer.println();
    }

    /** Hands over what is still held back. */
    public void finish() throws IOException {
        printer.flush();
    }

    private static @Nullable String safe(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        String text = value.toString();
        return !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
