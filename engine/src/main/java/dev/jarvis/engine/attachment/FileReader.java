package dev.jarvis.engine.attachment;

import dev.jarvis.platform.http.Refusal;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Finds out what a file is. Neither its name nor what a client says of it counts, only its bytes. */
final class FileReader {
    /** Where a PDF may begin, as readers take it. */
    private static final int PDF_WITHIN = 1024;

    private final PdfReader pdfs;

    FileReader(PdfReader pdfs) {
        this.pdfs = pdfs;
    }

    /** @throws Refusal 400: nothing that a model could read */
    FileContent read(byte[] bytes) {
        if (bytes.length == 0) {
            throw Refusal.badRequest("empty_file", "The file is empty.", null);
        }
        Optional<FileContent> image = Images.read(bytes);
        if (image.isPresent()) {
            return image.get();
        }
        if (isPdf(bytes)) {
            return pdfs.read(bytes);
        }
        return TextDecoding.decode(bytes)
                .map(FileContent::text)
                .orElseThrow(() -> Refusal.badRequest(
                        "unsupported_file",
                        "The file is neither text (UTF-8, UTF-16 with a byte order mark, GB18030) nor a PDF, nor an image"
                                + " (PNG, JPEG, WebP, GIF). Save it as one of these.",
                        null));
    }

    private static boolean isPdf(byte[] bytes) {
        int looked = Math.min(bytes.length, PDF_WITHIN);
        return new String(bytes, 0, looked, StandardCharsets.ISO_8859_1).contains("%PDF-");
    }
}
