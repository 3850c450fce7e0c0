package dev.jarvis.control.record;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the call log shows of a record: a field of its JSON, a column of its CSV. */
enum Column {
    ATTEMPT_ID("attempt_id", false, Column::uuid),
    REQUEST_ID("request_id", false, ResultSet::getString),
    ATTEMPT_NUMBER("attempt_number", false, Column::number),
    STARTED_AT("started_at", false, Column::time),
    USER_ID("user_id", true, Column::uuid),
    USERNAME("username", true, ResultSet::getString),
    TEAM_ID("team_id", true, Column::uuid),
    TEAM_NAME("team_name", true, ResultSet::getString),
    CALLER_KEY_ID("caller_key_id", false, Column::uuid),
    CALLER_KEY_NAME("caller_key_name", false, ResultSet::getString),
    CALLER_KEY_HINT("caller_key_hint", false, ResultSet::getString),
    MODEL("model", false, ResultSet::getString),
    DEPLOYMENT_ID("deployment_id", true, Column::uuid),
    PROVIDER("provider", true, ResultSet::getString),
    PROVIDER_KEY_ID("provider_key_id", true, Column::uuid),
    PROVIDER_KEY_HINT("provider_key_hint", true, ResultSet::getString),
    UPSTREAM_MODEL("upstream_model", true, ResultSet::getString),
    SERVED_MODEL("served_model", true, ResultSet::getString),
    OPERATION("operation", false, ResultSet::getString),
    STREAMED("streamed", false, ResultSet::getBoolean),
    OUTCOME("outcome", false, ResultSet::getString),
    BILLING("billing", false, ResultSet::getString),
    STATUS("status", false, Column::number),
    ERROR_CODE("error_code", false, ResultSet::getString),
    INPUT("input_tokens", false, ResultSet::getLong),
    CACHE_READ("cache_read_tokens", false, ResultSet::getLong),
    CACHE_WRITE_5M("cache_write_5m_tokens", false, ResultSet::getLong),
    CACHE_WRITE_1H("cache_write_1h_tokens", false, ResultSet::getLong),
    OUTPUT("output_tokens", false, ResultSet::getLong),
    REASONING("reasoning_tokens", false, ResultSet::getLong),
    AUDIO_IN("audio_in_tokens", false, ResultSet::getLong),
    AUDIO_OUT("audio_out_tokens", false, ResultSet::getLong),
    IMAGE_IN("image_in_tokens", false, ResultSet::getLong),
    TOTAL("total_tokens", false, ResultSet::getLong),
    COST("cost_nano", true, Column::amount),
    USER_COST("user_cost_nano", false, Column::amount),
    CURRENCY("currency", false, ResultSet::getString),
    PRICE_VERSION("price_version", false, Column::number),
    FIRST_CONTENT_MS("first_content_ms", false, Column::number),
    DURATION_MS("duration_ms", false, ResultSet::getLong),
    REQUEST_BYTES("request_bytes", false, ResultSet::getLong),
    RESPONSE_BYTES("response_bytes", false, ResultSet::getLong),
    UPSTREAM_REQUEST_ID("upstream_request_id", true, ResultSet::getString),
    CORRECTED("corrected", false, ResultSet::getBoolean);

    private static final int NANO_SCALE = 9;

    @FunctionalInterface
    private interface Reader {
        @Nullable
        Object read(ResultSet row, String column) throws SQLException;
    }

    private final String column;
    private final boolean operatorsOnly;
    private final Reader reader;

    Column(String column, boolean operatorsOnly, Reader reader) {
        this.column = column;
        this.operatorsOnly = operatorsOnly;
        this.reader = reader;
    }

    /** Those that administrators see, or those that people see of their own calls. */
    static List<Column> of(boolean forOperator) {
        return Arrays.stream(values())
                .filter(column -> forOperator || !column.operatorsOnly)
                .toList();
    }

    /** What people pay is simply the cost to them. */
    String label(boolean forOperator) {
        return switch (this) {
            case COST -> "cost";
            case USER_COST -> forOperator ? "user_cost" : "cost";
            default -> column;
        };
    }

    static Map<String, @Nullable Object> read(ResultSet row, boolean forOperator) throws SQLException {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Column column : of(forOperator)) {
            values.put(column.label(forOperator), column.reader.read(row, column.column));
        }
        return values;
    }

    static String decimal(BigDecimal nano) {
        BigDecimal plain = nano.movePointLeft(NANO_SCALE).stripTrailingZeros();
        return (plain.scale() < 0 ? plain.setScale(0, RoundingMode.UNNECESSARY) : plain).toPlainString();
    }

    private static @Nullable Object uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    private static @Nullable Object number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable Object time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Object amount(ResultSet row, String column) throws SQLException {
        return decimal(row.getBigDecimal(column));
    }
}
