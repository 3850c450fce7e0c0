package dev.jarvis.gateway.meter;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * One framed journal record: magic, CRC-32C, length, kind, attempt id, body, padded to eight bytes.
 *
 * <p>Compact binary rather than JSON: a record is a fifth of a microsecond to write, its greatest length is known before
 * it is written (room is reserved by it), and a torn one is told from a whole one by its checksum alone.
 *
 * @param bytes the whole frame, as it lies in a segment but for the segment's seal on the checksum
 */
record Frame(byte[] bytes) {
    /** What a frame says of its attempt. */
    enum Kind {
        OPEN,
        PROGRESS,
        SETTLED;

        private static final Kind[] ALL = values();
    }

    /** "JVU" and the format's version in the lowest byte. */
    static final int MAGIC = 0x4a565502;

    /** Had no teams, no budget claims and no charged tokens. What it left in a journal is still read and shipped. */
    static final int FIRST_VERSION = 1;

    static final int HEADER = 32;
    static final int ALIGNMENT = 8;

    /** The longest frame: an opening section with every text at its limit, and a settlement. */
    static final int MAX_LENGTH = 8 * 1024;

    static final int CRC_AT = 4;
    private static final int LENGTH_AT = 8;
    private static final int KIND_AT = 12;
    private static final int ID_AT = 16;

    static Frame open(OpenedAttempt attempt, byte[] openingSection) {
        return of(Kind.OPEN, attempt.attemptId(), openingSection);
    }

    static Frame settled(byte[] openingSection, UsageRecord settled) {
        return of(Kind.SETTLED, settled.attempt().attemptId(), UsageFormat.encode(openingSection, settled));
    }

    static Frame progress(UUID attemptId, Progress progress) {
        byte[] body = new RecordWriter(28)
                .i64(progress.delivered().events())
                .i64(progress.delivered().contentBytes())
                .i64(progress.delivered().nonAsciiBytes())
                .i32(progress.elapsedMillis())
                .toBytes();
        return of(Kind.PROGRESS, attemptId, body);
    }

    /** Whether a frame begins with these four bytes, of this version or of one that is still read. */
    static boolean isMagic(int beginning) {
        return beginning == MAGIC || beginning == (MAGIC & ~0xff | FIRST_VERSION);
    }

    private int version() {
        return bytes[3];
    }

    /** The length that a settlement of this opening section can have at most. */
    static int settledAtMost(byte[] openingSection) {
        return padded(HEADER + openingSection.length + UsageFormat.MAX_SETTLEMENT);
    }

    /**
     * The frame in these bytes if it is whole, {@code null} if it is torn or of another segment.
     *
     * @param bytes as they lie in the segment; the frame keeps them, without the seal
     * @param seal that the segment's frames have on their checksums; 0: none
     */
    static @Nullable Frame whole(byte[] bytes, int seal) {
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        int crc = crc(bytes);
        if ((frame.getInt(CRC_AT) ^ seal) != crc || frame.get(KIND_AT) >= Kind.ALL.length) {
            return null;
        }
        frame.putInt(CRC_AT, crc);
        return new Frame(bytes);
    }

    static Frame of(Kind kind, UUID attemptId, byte[] body) {
        byte[] bytes = new byte[padded(HEADER + body.length)];
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        frame.putInt(0, MAGIC).putInt(LENGTH_AT, bytes.length).put(KIND_AT, (byte) kind.ordinal());
        frame.putLong(ID_AT, attemptId.getMostSignificantBits())
                .putLong(ID_AT + 8, attemptId.getLeastSignificantBits())
                .put(HEADER, body);
        frame.putInt(CRC_AT, crc(bytes));
        return new Frame(bytes);
    }

    int length() {
        return bytes.length;
    }

    Kind kind() {
        return Kind.ALL[bytes[KIND_AT]];
    }

    UUID attemptId() {
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        return new UUID(frame.getLong(ID_AT), frame.getLong(ID_AT + 8));
    }

    OpenedAttempt opened() {
        return OpeningFormat.decode(attemptId(), body(), version(), new Recurring());
    }

    Progress progress() {
        RecordReader body = body();
        return new Progress(new Delivered(body.i64(), body.i64(), body.i64()), body.i32());
    }

    UsageRecord settled() {
        return settled(new Recurring());
    }

    /** @param before what was read of the frames before this one */
    UsageRecord settled(Recurring before) {
        return UsageFormat.decode(attemptId(), body(), version(), before);
    }

    private RecordReader body() {
        return new RecordReader(ByteBuffer.wrap(bytes, HEADER, bytes.length - HEADER));
    }

    private static int padded(int length) {
        return (length + ALIGNMENT - 1) & -ALIGNMENT;
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, LENGTH_AT, bytes.length - LENGTH_AT);
        return (int) crc.getValue();
    }
}
