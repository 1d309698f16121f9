package io.webchat.core.contract.calllog;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.Attachments;
import io.webchat.core.calllog.ConversationEntry;
import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.calllog.Watermarks;
import io.webchat.core.contract.ConcurrentCalls;
import io.webchat.core.contract.StageResults;
import io.webchat.core.events.AttachmentRef;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Json;
import io.webchat.core.events.MessageContent;
import io.webchat.core.events.MessageRef;
import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.ContentLimit;
import io.webchat.core.spi.calllog.ContentDigest;
import io.webchat.core.spi.calllog.HistoryRange;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Proves that an appended message is stored once and can be read by both users on every node. */
interface CallLogAppendContract {
    MessageId ID = MessageId.of("the-id");

    @Test
    default void a_message_is_there_on_every_node_when_the_append_is_done(CallLogFixture c) {
        ChatEvent.Message message = c.log(c.alice, c.bob, "안녕 👋 \"quoted\" \u0000", 1);
        LoggedMessage logged = new LoggedMessage(message, c.at(1), MessageStatus.SENT);

        assertThat(c.messages()).containsExactly(logged);
        assertThat(c.find(message)).contains(logged);
        assertThat(StageResults.await(c.other.messages(c.talk, c.bob, HistoryRange.newest(10))))
                .containsExactly(logged);
        assertThat(StageResults.await(c.other.find(c.talk, c.alice, message.id())))
                .contains(logged);
    }

    @Test
    default void a_message_is_the_last_of_its_conversation_for_both_users(CallLogFixture c) {
        c.log(c.alice, c.bob, "first", 1);
        ChatEvent.Message last = c.log(c.bob, c.alice, "last", 2);
        LoggedMessage logged = new LoggedMessage(last, c.at(2), MessageStatus.SENT);
        ConversationEntry alices = new ConversationEntry(c.talk, logged, 1, 0, Watermarks.NONE, Watermarks.NONE);

        assertThat(c.conversations(c.alice)).containsExactly(alices);
        assertThat(c.conversations(c.bob)).containsExactly(alices);
        assertThat(CallLogFixture.conversations(c.other, c.alice, 10)).containsExactly(alices);
        assertThat(CallLogFixture.conversations(c.other, c.bob, 10)).containsExactly(alices);
    }

    @Test
    default void a_message_that_is_logged_late_does_not_displace_a_later_one(CallLogFixture c) {
        c.log(c.alice, c.bob, "stored second", 2);
        StageResults.await(c.other.append(c.talk, ChatEvent.message(c.bob, c.alice, "stored first"), c.at(1)));

        assertThat(c.texts()).containsExactly("stored second", "stored first");
        assertThat(c.conversations(c.alice))
                .extracting(each -> each.last().message().text())
                .containsExactly("stored second");
    }

    @Test
    default void G2_repeating_an_append_changes_nothing(CallLogFixture c) {
        ChatEvent.Message message = c.log(c.alice, c.bob, "hello", 1);
        ChatEvent.Message last = c.log(c.alice, c.bob, "last", 2);
        c.log(message, 1);
        StageResults.await(c.other.append(c.talk, message, c.at(1)));

        assertThat(c.messages()).extracting(LoggedMessage::message).containsExactly(last, message);
        assertThat(c.conversations(c.bob))
                .extracting(each -> each.last().message())
                .containsExactly(last);
    }

    @Test
    default void G2_a_resend_with_another_timestamp_leaves_the_first_as_it_was(CallLogFixture c) {
        ChatEvent.Message first = ChatEvent.Message.from(c.alice)
                .to(c.bob)
                .id(ID)
                .timestamp(1_700_000_000)
                .text("hello")
                .build();
        ChatEvent.Message again = ChatEvent.Message.from(c.alice)
                .to(c.bob)
                .id(ID)
                .timestamp(1_700_000_060)
                .text("hello")
                .build();
        c.log(first, 1);
        c.log(again, 1);

        assertThat(c.messages()).extracting(LoggedMessage::message).containsExactly(first);
        assertThat(c.find(c.alice, ID)).map(LoggedMessage::message).contains(first);
    }

    @Test
    default void G16_the_digest_of_the_content_that_the_author_sent_is_kept(CallLogFixture c) {
        ChatEvent.Message sent = ChatEvent.Message.from(c.alice)
                .to(c.bob)
                .id(ID)
                .timestamp(1)
                .text("a rude text")
                .build();
        ChatEvent.Message replaced = sent.withText("a polite text").withSentDigest(ContentDigest.of(sent));
        c.log(replaced, 1);

        assertThat(c.messages()).extracting(LoggedMessage::message).containsExactly(replaced);
        assertThat(c.find(c.alice, ID)).map(LoggedMessage::message).contains(replaced);
    }

    @Test
    default void G2_a_new_message_is_there_and_a_resend_leaves_it_as_it_was(CallLogFixture c) {
        ChatEvent.Message first = ChatEvent.Message.from(c.alice)
                .to(c.bob)
                .id(ID)
                .timestamp(1_700_000_000)
                .text("hello")
                .build();
        ChatEvent.Message again = ChatEvent.Message.from(c.alice)
                .to(c.bob)
                .id(ID)
                .timestamp(1_700_000_060)
                .text("hello")
                .build();
        c.logNew(first, 1);
        StageResults.await(c.other.append(c.talk, again, c.at(1)));

        assertThat(c.messages()).extracting(LoggedMessage::message).containsExactly(first);
        assertThat(c.find(c.alice, ID)).map(LoggedMessage::message).contains(first);
        assertThat(c.conversations(c.bob))
                .extracting(each -> each.last().message())
                .containsExactly(first);
    }

    @Test
    default void new_messages_and_resends_at_once_are_all_there_once(CallLogFixture c) {
        List<ChatEvent.Message> same = IntStream.range(0, 60)
                .mapToObj(i -> ChatEvent.message(c.alice, c.bob, "text " + i))
                .toList();
        ConcurrentCalls.run(2, i -> {
            for (int n = 0; n < 60; n++) {
                if (i == 0) {
                    c.logNew(same.get(n), n);
                } else {
                    c.log(same.get(n), n);
                }
            }
            return same.size();
        });

        assertThat(c.messages())
                .extracting(LoggedMessage::message)
                .containsExactlyElementsOf(
                        IntStream.range(0, 60).mapToObj(n -> same.get(59 - n)).toList());
    }

    private static AttachmentRef largestFile(int number) {
        return AttachmentRef.of(AttachmentId.of(number + "f".repeat(63)))
                .withFile("👋".repeat(Attachments.MAX_NAME), "t".repeat(100), Long.MAX_VALUE)
                .withPixels(AttachmentRef.MAX_PIXELS, AttachmentRef.MAX_PIXELS);
    }

    @Test
    default void G18_the_largest_content_is_taken_with_any_characters(CallLogFixture c) {
        boolean limited = c.node instanceof ContentLimit;
        int maxText = limited ? ((ContentLimit) c.node).maxTextBytes() : 1 << 20;
        int maxData = limited ? ((ContentLimit) c.node).maxDataBytes() : 1 << 16;
        UserId from = UserId.of("a".repeat(127) + "1");
        UserId to = UserId.of("a".repeat(127) + "2");
        MessageId longest = MessageId.of("i".repeat(64));
        ChatEvent.Message message = ChatEvent.Message.from(from)
                .to(to)
                .id(longest)
                .timestamp(Long.MAX_VALUE >> 10)
                .type("t".repeat(64))
                .text("\u0001".repeat(maxText))
                .data(Json.parse("{\"a\":\"" + "x".repeat(maxData - 8) + "\"}"))
                .replyTo(new MessageRef(to, longest))
                .mentions(Collections.nCopies(MessageContent.MAX_MENTIONS, to))
                .attachments(IntStream.range(0, MessageContent.MAX_ATTACHMENTS)
                        .mapToObj(CallLogAppendContract::largestFile)
                        .toList())
                .build();
        c.log(message, 1);

        assertThat(StageResults.await(c.node.find(message.conversation(), from, message.id())))
                .map(LoggedMessage::message)
                .contains(message);
    }

    @Test
    default void G18_the_content_is_kept_byte_by_byte(CallLogFixture c) {
        MessageContent content = MessageContent.builder()
                .type("shop.order")
                .data(Json.parse("{ \"n\" : 1.50,\n\t\"\\u00e9\":\"안녕 👋\", \"m\":2 }"))
                .replyTo(new MessageRef(c.bob, MessageId.of("m0")))
                .mentions(c.bob, c.alice)
                .attachments(
                        AttachmentRef.of(AttachmentId.of("file-1"))
                                .withFile("안녕 \"👋\".png", "image/png", 25 << 20)
                                .withPixels(1, 100_000),
                        AttachmentRef.of(AttachmentId.of("file-2")).withFile("", "text/plain", 0))
                .build();
        ChatEvent.Message card = ChatEvent.Message.from(c.alice)
                .to(c.bob)
                .id(ID)
                .timestamp(1)
                .content(content)
                .build();
        c.log(card, 1);

        assertThat(c.messages()).extracting(LoggedMessage::message).containsExactly(card);
        assertThat(c.find(c.alice, ID)).map(LoggedMessage::message).contains(card);
    }

    @Test
    default void both_users_may_use_the_same_id(CallLogFixture c) {
        ChatEvent.Message alices = ChatEvent.message(c.alice, c.bob, ID, "from alice");
        ChatEvent.Message bobs = ChatEvent.message(c.bob, c.alice, ID, "from bob");
        c.log(alices, 1);
        c.log(bobs, 2);

        assertThat(c.texts()).containsExactly("from bob", "from alice");
        assertThat(c.find(c.alice, ID)).map(LoggedMessage::message).contains(alices);
        assertThat(c.find(c.bob, ID)).map(LoggedMessage::message).contains(bobs);
    }

    @Test
    default void nothing_is_found_in_an_empty_conversation(CallLogFixture c) {
        assertThat(c.find(c.alice, ID)).isEmpty();
        c.log(c.alice, c.bob, "hello", 1);

        assertThat(c.find(c.alice, ID)).isEmpty();
        ConversationId elsewhere = ConversationId.direct(c.alice, c.carol);
        assertThat(StageResults.await(c.node.find(elsewhere, c.alice, ID))).isEmpty();
    }

    @Test
    default void a_message_is_found_by_its_author_and_conversation_only(CallLogFixture c) {
        ChatEvent.Message message = c.log(c.alice, c.bob, "hello", 1);
        ConversationId elsewhere = ConversationId.direct(c.alice, c.carol);

        assertThat(c.find(c.bob, message.id())).isEmpty();
        assertThat(StageResults.await(c.node.find(elsewhere, c.alice, message.id())))
                .isEmpty();
    }

    @Test
    default void appends_at_once_on_two_nodes_are_all_there_once(CallLogFixture c) {
        List<ChatEvent.Message> same = IntStream.range(0, 40)
                .mapToObj(i -> ChatEvent.message(c.alice, c.bob, "text " + i))
                .toList();
        ConcurrentCalls.run(
                4,
                i -> StageResults.awaitAll(IntStream.range(0, 40)
                        .mapToObj(n ->
                                c.node(i).append(c.talk, same.get(n), c.at(n)).thenApply(done -> n))
                        .toList()));

        assertThat(c.messages())
                .extracting(LoggedMessage::message)
                .containsExactlyElementsOf(
                        IntStream.range(0, 40).mapToObj(n -> same.get(39 - n)).toList());
        assertThat(c.conversations(c.bob))
                .extracting(each -> each.last().message())
                .containsExactly(same.get(39));
    }

    @Test
    default void different_messages_appended_at_once_are_all_there_in_order(CallLogFixture c) {
        ConcurrentCalls.run(
                4,
                i -> StageResults.awaitAll(IntStream.range(0, 100)
                        .mapToObj(n -> n * 4 + i)
                        .map(n -> c.node(i)
                                .append(c.talk, ChatEvent.message(c.alice, c.bob, "text " + n), c.at(n))
                                .thenApply(done -> n))
                        .toList()));

        assertThat(c.texts())
                .containsExactlyElementsOf(IntStream.range(0, 400)
                        .mapToObj(n -> "text " + (399 - n))
                        .toList());
    }

    @Test
    default void a_user_who_writes_to_themselves_has_one_conversation(CallLogFixture c) {
        ChatEvent.Message note = c.log(c.alice, c.alice, "buy milk", 1);
        ConversationId self = ConversationId.direct(c.alice, c.alice);

        assertThat(c.conversations(c.alice)).extracting(ConversationEntry::id).containsExactly(self);
        Optional<LoggedMessage> found = StageResults.await(c.node.find(self, c.alice, note.id()));
        assertThat(found).map(LoggedMessage::status).contains(MessageStatus.SENT);
        assertThat(StageResults.await(c.node.messages(self, c.alice, HistoryRange.newest(10))))
                .hasSize(1);
    }
}
