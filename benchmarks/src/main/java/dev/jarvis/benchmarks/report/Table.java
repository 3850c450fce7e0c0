package dev.jarvis.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A Markdown table; the first column is text, the others are numbers. */
final class Table {

    private final StringBuilder text = new StringBuilder();

    Table(List<String> columns) {
        row(columns);
        List<String> line = new ArrayList<>(List.of("---"));
        for (int i = 1; i < columns.size(); i++) {
            line.add("---:");
        }
        row(line);
    }

    void row(List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    String text() {
        return text.toString();
    }

    /** Three significant digits, no exponent; a dash for what does not exist. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        double size = Math.abs(value);
        String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", share * 100);
    }
}
