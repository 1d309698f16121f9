package io.webchat.redis.internal.queue;

import io.webchat.core.events.Amendment;
import io.webchat.core.events.Deletion;
import io.webchat.core.events.MessageRef;
import io.webchat.core.events.NodeEvent;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.support.EventFingerprint;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The arguments of amend.lua and delete.lua behind those of append.lua. They begin like EventCodec's JSON. */
final class AmendmentArguments {
    private static final byte[] NONE = {};

    private AmendmentArguments() {}

    static List<byte[]> of(Amendment amendment) {
        byte[] empty = EventFrames.open(new NodeEvent.Erased(amendment.to()));
        byte[] message = EventFingerprint.ofDeleted(amendment).nameBytes();
        if (amendment.isDeletion()) {
            return ofDeletion(amendment, empty, message);
        }
        return List.of(empty, amendment.change() instanceof Amendment.Edit ? message : NONE);
    }

    private static List<byte[]> ofDeletion(Amendment amendment, byte[] empty, byte[] message) {
        MessageRef about = amendment.about();
        RoomId room = amendment.room();
        // No id has a character that JSON escapes.
        String parties = "\"From\":\"" + about.from() + "\",\"To\":\"" + amendment.recipientOfMessage() + "\","
                + (room == null ? "" : "\"Room\":\"" + room + "\",");
        UserId by = Deletion.of(amendment, 0).by();
        return List.of(
                empty,
                message,
                utf8("{\"EvtType\":\"message\"," + parties + "\"MsgID\":\"" + about.id() + "\","),
                utf8("{\"EvtType\":\"edit\"," + parties),
                utf8("\"About\":{\"From\":\"" + about.from() + "\",\"MsgID\":\"" + about.id() + "\"}"),
                utf8(by == null ? "" : ",\"DeletedBy\":\"" + by + "\""));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
