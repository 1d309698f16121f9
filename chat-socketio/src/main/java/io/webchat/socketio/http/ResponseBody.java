package io.webchat.socketio.http;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/**
 * The body of a response that is not in memory as a whole. The server reads the next piece when the client has taken
 * the one before, and closes the body in the end, also if the client leaves.
 */
public interface ResponseBody extends AutoCloseable {
    /** Returns the number of bytes of the body. */
    long length();

    /**
     * Reads up to {@code length} bytes from this position of the body. The server calls it again only after the stage
     * has completed. It must not block.
     *
     * @return the bytes, at least one; the server does not change them. If the stage fails, the connection is closed,
     *     so that the client notices that the body is incomplete
     */
    CompletionStage<ByteBuffer> read(long position, int length);

    @Override
    void close();
}
