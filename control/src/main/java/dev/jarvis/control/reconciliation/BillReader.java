package dev.jarvis.control.reconciliation;

import dev.jarvis.platform.http.Refusal;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads a provider's bill or usage export. Columns are found by their names, whatever their order and whatever others
 * there are:
 *
 * <ul>
 *   <li>our own form: {@code date, model, input_tokens, output_tokens, cost, currency};
 *   <li>OpenAI's usage export ({@code start_time_iso, model, input_tokens, output_tokens}; cached tokens are part of input);
 *   <li>Anthropic's ({@code usage_date_utc, model_version, usage_input_tokens_no_cache, …_cache_write_5m, …_cache_write_1h,
 *       …_cache_read, usage_output_tokens}; these do not overlap).
 * </ul>
 */
final class BillReader {
    private static final List<String> DATES = List.of("date", "day", "usage_date_utc", "start_time_iso", "start_time");
    private static final List<String> MODELS = List.of("model", "model_version");
    private static final List<List<String>> INPUTS = List.of(
            List.of("input_tokens", "prompt_tokens", "usage_input_tokens_no_cache"),
            List.of("usage_input_tokens_cache_write_5m"),
            List.of("usage_input_tokens_cache_write_1h"),
            List.of("usage_input_tokens_cache_read"));
    private static final List<List<String>> OUTPUTS =
            List.of(List.of("output_tokens", "completion_tokens", "usage_output_tokens"));
    private static final List<String> COSTS = List.of("cost", "cost_usd", "amount_value");
    private static final List<String> CURRENCIES = List.of("currency", "amount_currency");
    private static final int MOST_LINES = 100_000;
    private static final int LONGEST_NUMBER = 30;

    private final List<String> header;

    private BillReader(List<String> header) {
        this.header = header.stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** @throws Refusal 400 {@code invalid_bill}, naming the line */
    static List<BillLine> read(byte[] csv) {
        try (CSVParser parser = CSVParser.parse(
                text(csv), CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get())) {
            List<BillLine> lines = new ArrayList<>();
            BillReader reader = null;
            for (CSVRecord record : parser) {
                if (reader == null) {
                    reader = new BillReader(record.toList());
                    reader.requireColumns();
                } else {
                    if (lines.size() == MOST_LINES) {
                        throw invalid("it has more than " + MOST_LINES + " lines");
                    }
                    lines.add(reader.line(record));
                }
            }
            if (lines.isEmpty()) {
                throw invalid("it has no lines below its header");
            }
            return lines;
        } catch (IOException | java.io.UncheckedIOException e) {
            throw invalid("it is not CSV as RFC 4180 has it");
        }
    }

    private static String text(byte[] csv) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(csv))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw invalid("it is not UTF-8");
        }
    }

    private void requireColumns() {
        require(DATES);
        require(MODELS);
        require(INPUTS.getFirst());
        require(OUTPUTS.getFirst());
    }

    private void require(List<String> names) {
        if (names.stream().noneMatch(header::contains)) {
            throw invalid("it lacks a column; one of " + String.join(", ", names));
        }
    }

    private BillLine line(CSVRecord record) {
        if (record.size() != header.size()) {
            throw wrong(record, "it has not as many fields as the header");
        }
        String currency = value(record, CURRENCIES)
                .map(code -> code.toUpperCase(Locale.ROOT))
                .orElse("USD");
        if (!List.of("USD", "CNY").contains(currency)) {
            throw wrong(record, "the currency must be USD or CNY");
        }
        return new BillLine(
                value(record, DATES)
                        .map(text -> day(record, text))
                        .orElseThrow(() -> wrong(record, "there is no date")),
                value(record, MODELS).orElseThrow(() -> wrong(record, "there is no model")),
                INPUTS.stream().mapToLong(names -> tokens(record, names)).sum(),
                OUTPUTS.stream().mapToLong(names -> tokens(record, names)).sum(),
                cost(record),
                currency);
    }

    private long tokens(CSVRecord record, List<String> names) {
        String text = value(record, names).orElse("0");
        if (!text.matches("[0-9]{1,15}")) {
            throw wrong(record, "tokens must be a whole number");
        }
        return Long.parseLong(text);
    }

    private @Nullable BigDecimal cost(CSVRecord record) {
        Optional<String> text = value(record, COSTS);
        if (text.isEmpty()) {
            return null;
        }
        if (text.get().length() > LONGEST_NUMBER || !text.get().matches("[0-9]+(\\.[0-9]+)?")) {
            throw wrong(record, "the cost must be a decimal number");
        }
        return new BigDecimal(text.get());
    }

    private static LocalDate day(CSVRecord record, String text) {
        try {
            if (text.matches("[0-9]{9,10}")) {
                return LocalDate.ofInstant(Instant.ofEpochSecond(Long.parseLong(text)), ZoneOffset.UTC);
            }
            return text.length() == 10
                    ? LocalDate.parse(text)
                    : OffsetDateTime.parse(text.replace(' ', 'T'))
                            .withOffsetSameInstant(ZoneOffset.UTC)
                            .toLocalDate();
        } catch (DateTimeException e) {
            throw wrong(record, "the date must look like 2026-11-23 or 2026-11-23T00:00:00Z");
        }
    }

    private Optional<String> value(CSVRecord record, List<String> names) {
        for (String name : names) {
            int column = header.indexOf(name);
            if (column >= 0 && !record.get(column).isBlank()) {
                return Optional.of(record.get(column).strip());
            }
        }
        return Optional.empty();
    }

    private static Refusal wrong(CSVRecord record, String what) {
        return invalid("line " + record.getRecordNumber() + ": " + what);
    }

    private static Refusal invalid(String what) {
        return Refusal.badRequest("invalid_bill", "The file cannot be read: " + what + ".", null);
    }
}
