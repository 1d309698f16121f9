package io.webchat.examples.server.faults;

import java.util.UUID;

/**
 * A file that a node took.
 *
 * @param content the name of its bytes: files with the same bytes have the same one
 */
record UploadedFile(String id, String content) {
    static UploadedFile of(String id, byte[] bytes) {
        return new UploadedFile(id, UUID.nameUUIDFromBytes(bytes).toString());
    }

    /** Its id and its content, as a history has them. */
    String inWords() {
        return id + " " + content;
    }

    static UploadedFile ofWords(String words) {
        int space = words.indexOf(' ');
        return new UploadedFile(words.substring(0, space), words.substring(space + 1));
    }
}
