package io.webchat.socketio.internal.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.webchat.core.ChatException;
import io.webchat.core.events.AttachmentRef;
import io.webchat.core.ids.AttachmentId;
import io.webchat.socketio.http.JsonBody;
import java.util.List;

/** The files of messages in the bodies of requests and answers. */
final class AttachmentJson {
    private static final String NAME = "attachments";

    private AttachmentJson() {}

    /** Reads the files of a message. Name, type and bytes may be there, as an upload answers them, and do not count. */
    static List<AttachmentRef> read(JsonBody message) {
        return message.objects(NAME).stream().map(AttachmentJson::readFile).toList();
    }

    private static AttachmentRef readFile(JsonBody file) {
        file.allowOnly("id", "name", "type", "bytes", "width", "height");
        return AttachmentRef.of(id(file.text("id"))).withPixels(pixels(file, "width"), pixels(file, "height"));
    }

    private static AttachmentId id(String text) {
        try {
            return AttachmentId.of(text);
        } catch (ChatException e) {
            throw new ChatException(e.code(), NAME + ".id: " + e.detail(), e);
        }
    }

    private static int pixels(JsonBody file, String name) {
        return file.integer(name, 1, AttachmentRef.MAX_PIXELS).orElse(0L).intValue();
    }

    /** Writes the files of a message, if it has some. */
    static void put(ObjectNode message, List<AttachmentRef> files) {
        if (files.isEmpty()) {
            return;
        }
        ArrayNode list = message.putArray(NAME);
        for (AttachmentRef each : files) {
            ObjectNode file = list.addObject().put("id", each.id().value());
            if (!each.name().isEmpty()) {
                file.put("name", each.name());
            }
            file.put("type", each.type()).put("bytes", each.bytes());
            if (each.width() > 0) {
                file.put("width", each.width());
            }
            if (each.height() > 0) {
                file.put("height", each.height());
            }
        }
    }
}
