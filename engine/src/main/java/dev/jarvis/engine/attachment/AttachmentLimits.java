package dev.jarvis.engine.attachment;

/**
 * How much may be attached.
 *
 * @param file bytes of one file
 * @param user bytes of all files of a user
 */
public record AttachmentLimits(long file, long user) {
    /** Files of one message. */
    public static final int A_MESSAGE = 10;

    /** Bytes of all images of one request to a model: it has to fit into what the gateway takes, a third larger as base64. */
    public static final long IMAGES_A_REQUEST = 16L << 20;
}
