package io.webchat.socketio.internal.socketio;

import io.webchat.socketio.internal.engineio.packet.ProtocolViolation;
import java.nio.charset.StandardCharsets;

/**
 * Parses the head of a Socket.IO packet: {@code 4<type>[<attachments>-][<namespace>,][<ack id>][<data>]}.
 *
 * <p>It works in one pass and accepts at most {@value #MAX_DIGITS} digits in a number. The library's own parser takes
 * quadratic time, and a frame full of digits stalled it for seconds.
 */
final class SocketIoPacketParser {
    private static final int MAX_DIGITS = 10;
    private static final int MAX_NAMESPACE = 128;

    private final byte[] text;
    private int at = 1;

    private SocketIoPacketParser(byte[] text) {
        this.text = text;
    }

    /** Parses a packet whose first byte is the Engine.IO type {@code 4}. */
    static SocketIoPacket parse(byte[] text) throws ProtocolViolation {
        return new SocketIoPacketParser(text).parse();
    }

    private SocketIoPacket parse() throws ProtocolViolation {
        SocketIoPacketType type = type();
        if (type.isBinary()) {
            number("number of attachments");
            expect('-');
        }
        String namespace = namespace();
        long ackId = at < text.length && isDigit(text[at]) ? number("acknowledgement id") : SocketIoConnection.NO_ACK;
        return new SocketIoPacket(type, namespace, ackId, text, at);
    }

    private SocketIoPacketType type() throws ProtocolViolation {
        return switch (at < text.length ? text[at++] : 0) {
            case '0' -> SocketIoPacketType.CONNECT;
            case '1' -> SocketIoPacketType.DISCONNECT;
            case '2' -> SocketIoPacketType.EVENT;
            case '3' -> SocketIoPacketType.ACK;
            case '4' -> SocketIoPacketType.CONNECT_ERROR;
            case '5' -> SocketIoPacketType.BINARY_EVENT;
            case '6' -> SocketIoPacketType.BINARY_ACK;
            default -> throw new ProtocolViolation("unknown packet type");
        };
    }

    private long number(String what) throws ProtocolViolation {
        long value = 0;
        int start = at;
        while (at < text.length && isDigit(text[at])) {
            if (at - start == MAX_DIGITS) {
                throw new ProtocolViolation(what + " too long");
            }
            value = value * 10 + (text[at++] - '0');
        }
        if (at == start) {
            throw new ProtocolViolation("no " + what);
        }
        return value;
    }

    private void expect(char wanted) throws ProtocolViolation {
        if (at >= text.length || text[at++] != wanted) {
            throw new ProtocolViolation("malformed packet");
        }
    }

    private String namespace() throws ProtocolViolation {
        if (at >= text.length || text[at] != '/') {
            return SocketIoPacket.DEFAULT_NAMESPACE;
        }
        int start = at;
        // Engine.IO 3 clients append their query, which holds the token and may be long.
        int end = -1;
        while (at < text.length && text[at] != ',') {
            if (end < 0 && text[at] == '?') {
                end = at;
            }
            if (end < 0 && at - start == MAX_NAMESPACE) {
                throw new ProtocolViolation("namespace too long");
            }
            at++;
        }
        String named = new String(text, start, (end < 0 ? at : end) - start, StandardCharsets.UTF_8);
        at = Math.min(at + 1, text.length);
        return named;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
