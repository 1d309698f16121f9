package io.webchat.socketio.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A TCP connection that writes bytes and reads HTTP responses one by one. */
public final class RawSocket implements AutoCloseable {
    private static final String UPGRADE = """
            GET /socket.io/?%s HTTP/1.1
            Host: x
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

            """;

    private final Socket socket;

    /** Connects to a port of the loopback. */
    public RawSocket(int port) throws IOException {
        this(port, 0);
    }

    /** Connects with a receive buffer of this size. */
    public RawSocket(int port, int receiveBuffer) throws IOException {
        socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(30_000);
    }

    /** Writes text in UTF-8. */
    public void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes bytes and flushes. */
    public void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Reads a response's head, up to the empty line. */
    public String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("the connection ended after: " + head);
            }
            head.write(b);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** Reads this many bytes, or fewer if the stream ends. */
    public byte[] read(int count) throws IOException {
        return socket.getInputStream().readNBytes(count);
    }

    /** Reads to the end, or until the other side breaks the connection, and tells how many bytes came. */
    public long taken() throws IOException {
        long count = 0;
        byte[] buffer = new byte[8192];
        try {
            for (int read = 0; read >= 0; read = socket.getInputStream().read(buffer)) {
                count += read;
            }
        } catch (SocketException broken) {
            return count;
        }
        return count;
    }

    /** Tells whether the other side closed; waits for it. */
    public boolean isEnded() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    /**
     * Writes more, and tells whether the other side has ended the connection. Its output is dropped. Does not wait
     * for it.
     */
    public boolean hasEndedAfter(byte[] more) throws IOException {
        try {
            write(more);
            socket.setSoTimeout(1);
            return socket.getInputStream().read(new byte[8192]) < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (SocketException broken) {
            return true;
        }
    }

    /** Breaks the connection: the other side gets a reset instead of an end. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Upgrades to a websocket session of Engine.IO 4. */
    public void webSocket() throws IOException {
        webSocket("");
    }

    /** The same with more in its query, such as the session that it is for. */
    public void webSocket(String query) throws IOException {
        write(upgrade("EIO=4&transport=websocket" + query));
        String head = head();
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new IOException(head);
        }
    }

    /** Returns the request that upgrades to a websocket with this whole query. */
    public static String upgrade(String query) {
        return UPGRADE.formatted(query).replace("\n", "\r\n");
    }

    /** Writes one masked websocket frame, its mask all zeros. */
    public void frame(int firstByte, byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(firstByte);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else if (payload.length < 65_536) {
            frame.write(0x80 | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        } else {
            frame.write(0x80 | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) ((long) payload.length >> shift));
            }
        }
        frame.writeBytes(new byte[4]);
        frame.writeBytes(payload);
        write(frame.toByteArray());
    }

    /** Writes a text frame. */
    public void text(String text) throws IOException {
        frame(0x81, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads one frame of the server: its opcode as a character, then its payload. A close frame's status is text. */
    public String serverFrame() throws IOException {
        int opcode = socket.getInputStream().read() & 0x0F;
        int length = socket.getInputStream().read();
        if (length == 126) {
            byte[] more = read(2);
            length = ((more[0] & 0xFF) << 8) | (more[1] & 0xFF);
        }
        byte[] payload = read(length);
        if (opcode == 8 && length >= 2) {
            int status = ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
            return "8" + status + " " + new String(payload, 2, length - 2, StandardCharsets.UTF_8);
        }
        return opcode + new String(payload, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
