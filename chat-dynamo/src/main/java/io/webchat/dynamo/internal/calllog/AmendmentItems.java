package io.webchat.dynamo.internal.calllog;

import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.Envelope;
import io.webchat.core.events.EventCodec;
import io.webchat.core.events.MessageContent;
import io.webchat.core.spi.calllog.ContentDigest;
import io.webchat.dynamo.internal.table.Item;
import io.webchat.dynamo.internal.table.TableKeys;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Amendments as items: {@code C#<conversation>} / {@code A#<storedAt>#<user>#<MsgID>}. They hold no content of a
 * message, so a deletion leaves none behind, and each takes one write unit.
 */
final class AmendmentItems {
    static final String MESSAGE = "message";

    /** An upper bound of the bytes of an item: its keys, ids and one reaction. */
    static final int BYTES = 2_000;

    private AmendmentItems() {}

    static Item item(Amendment amendment, LoggedMessage target, long storedAt) {
        MessagePosition own = new MessagePosition(storedAt, amendment.from(), amendment.id());
        return Item.of(CallLogKeys.conversation(amendment.conversation()), CallLogKeys.amendment(own))
                .with(MESSAGE, CallLogKeys.message(target.position()))
                .with(
                        MessageItems.EVENT,
                        new String(
                                EventCodec.encode(Envelope.passing(withoutContent(amendment))),
                                StandardCharsets.UTF_8));
    }

    private static Amendment withoutContent(Amendment amendment) {
        return amendment.change() instanceof Amendment.Edit
                ? amendment
                        .withSentDigest(ContentDigest.of(amendment))
                        .withChange(new Amendment.Edit(MessageContent.text("")))
                : amendment;
    }

    static Amendment amendment(Map<String, AttributeValue> item) {
        byte[] event = Item.text(item, MessageItems.EVENT).getBytes(StandardCharsets.UTF_8);
        return (Amendment) EventCodec.decode(event).event();
    }

    static MessagePosition position(Map<String, AttributeValue> item) {
        return CallLogKeys.ofAmendment(Item.text(item, TableKeys.SK));
    }

    /** The key of the message. */
    static String message(Map<String, AttributeValue> item) {
        return Item.text(item, MESSAGE);
    }
}
