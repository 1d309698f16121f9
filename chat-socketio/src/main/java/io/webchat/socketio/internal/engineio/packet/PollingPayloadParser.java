package io.webchat.socketio.internal.engineio.packet;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Parses the body of a polling POST into packets, for both Engine.IO versions. A body that does not match the format of
 * its version exactly is a protocol violation.
 */
public final class PollingPayloadParser {
    private static final byte SEPARATOR = 0x1E;
    private static final int MAX_LENGTH_DIGITS = 10;

    private final int maxPackets;

    /** Makes a parser that accepts this many packets in one body. */
    public PollingPayloadParser(int maxPackets) {
        this.maxPackets = maxPackets;
    }

    /** Returns the packets of a body, at least one. */
    public List<EngineIoPacket> parse(byte[] body, ProtocolVersion version) throws ProtocolViolation {
        if (body.length == 0) {
            throw new ProtocolViolation("empty payload");
        }
        if (version == ProtocolVersion.V4) {
            return separated(body);
        }
        return body[0] == 0 || body[0] == 1 ? binaryFramed(body) : lengthPrefixed(body);
    }

    private List<EngineIoPacket> separated(byte[] body) throws ProtocolViolation {
        if (!Utf8Check.isValid(body)) {
            throw new ProtocolViolation("not UTF-8");
        }
        List<EngineIoPacket> packets = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= body.length; i++) {
            if (i == body.length || body[i] == SEPARATOR) {
                add(packets, packet(Arrays.copyOfRange(body, start, i), "b"));
                start = i + 1;
            }
        }
        return packets;
    }

    /**
     * The text format of Engine.IO 3: {@code <length>:<packet>…}. The length counts UTF-16 units, as JavaScript does.
     */
    private List<EngineIoPacket> lengthPrefixed(byte[] body) throws ProtocolViolation {
        String text = strictText(body);
        List<EngineIoPacket> packets = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int colon = text.indexOf(':', at);
            if (colon <= at || colon - at > MAX_LENGTH_DIGITS) {
                throw new ProtocolViolation("payload without a packet length");
            }
            long length = digits(text.substring(at, colon));
            if (length > text.length() - colon - 1L) {
                throw new ProtocolViolation("packet length beyond the payload");
            }
            int end = colon + 1 + (int) length;
            String packet = LegacyPollingText.undouble(text.substring(colon + 1, end));
            add(packets, packet(packet.getBytes(StandardCharsets.UTF_8), "b4"));
            at = end;
        }
        return packets;
    }

    /** The format of browsers with binary support: {@code [0|1][length, a byte per digit][255]<bytes>…}. */
    private List<EngineIoPacket> binaryFramed(byte[] body) throws ProtocolViolation {
        List<EngineIoPacket> packets = new ArrayList<>();
        int at = 0;
        while (at < body.length) {
            boolean binary = body[at] == 1;
            if (!binary && body[at] != 0) {
                throw new ProtocolViolation("unknown packet frame");
            }
            long length = 0;
            int start = ++at;
            while (at < body.length && body[at] >= 0 && body[at] <= 9 && at - start < MAX_LENGTH_DIGITS) {
                length = length * 10 + body[at++];
            }
            if (at == start || at >= body.length || body[at] != (byte) 0xFF || length > body.length - at - 1L) {
                throw new ProtocolViolation("malformed packet length");
            }
            byte[] data = Arrays.copyOfRange(body, at + 1, at + 1 + (int) length);
            if (!binary && !Utf8Check.isValid(data)) {
                throw new ProtocolViolation("not UTF-8");
            }
            add(packets, new EngineIoPacket(data, binary));
            at += 1 + (int) length;
        }
        return packets;
    }

    private static EngineIoPacket packet(byte[] data, String binaryMark) {
        EngineIoPacket packet = new EngineIoPacket(data, false);
        boolean binary = data.length >= binaryMark.length()
                && packet.type() == 'b'
                && (binaryMark.length() == 1 || data[1] == (byte) '4');
        return binary ? new EngineIoPacket(data, true) : packet;
    }

    private void add(List<EngineIoPacket> packets, EngineIoPacket packet) throws ProtocolViolation {
        if (packet.data().length == 0) {
            throw new ProtocolViolation("empty packet");
        }
        if (packets.size() == maxPackets) {
            throw new ProtocolViolation("too many packets in one payload");
        }
        packets.add(packet);
    }

    private static long digits(String text) throws ProtocolViolation {
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw new ProtocolViolation("malformed packet length");
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }

    private static String strictText(byte[] bytes) throws ProtocolViolation {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProtocolViolation("not UTF-8");
        }
    }
}
