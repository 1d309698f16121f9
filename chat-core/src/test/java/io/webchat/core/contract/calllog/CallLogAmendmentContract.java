package io.webchat.core.contract.calllog;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.calllog.LoggedMessage;
import io.webchat.core.calllog.MessagePosition;
import io.webchat.core.calllog.MessageStatus;
import io.webchat.core.contract.StageResults;
import io.webchat.core.events.Amendment;
import io.webchat.core.events.AmendmentBuilder;
import io.webchat.core.events.AttachmentRef;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Deletion;
import io.webchat.core.events.MessageContent;
import io.webchat.core.events.Reaction;
import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.calllog.AmendmentLog;
import io.webchat.core.spi.calllog.AmendmentLog.AmendmentPage;
import io.webchat.core.spi.calllog.AmendmentOutcome;
import io.webchat.core.spi.calllog.HistoryRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Proves that a call log which amends messages shows their present state everywhere, whatever the order. */
interface CallLogAmendmentContract {
    private static AmendmentLog log(CallLogFixture c) {
        Assumptions.assumeTrue(c.node instanceof AmendmentLog, "this call log amends nothing");
        return (AmendmentLog) c.node;
    }

    private static AmendmentOutcome amend(CallLogFixture c, LoggedMessage target, Amendment amendment, long millis) {
        return StageResults.await(log(c).amend(target, amendment, c.at(millis)));
    }

    private static LoggedMessage logged(CallLogFixture c, ChatEvent.Message message) {
        return c.find(message).orElseThrow();
    }

    private static AmendmentBuilder by(UserId user, ChatEvent.Message message, String id) {
        return Amendment.by(user).of(message).id(MessageId.of(id));
    }

    private static Amendment edit(ChatEvent.Message message, String id, String text) {
        return by(message.from(), message, id).edit(MessageContent.text(text));
    }

    private static List<String> texts(List<LoggedMessage> messages) {
        return messages.stream().map(each -> each.message().text()).toList();
    }

    @Test
    default void an_edited_message_shows_its_new_content_everywhere(CallLogFixture c) {
        log(c);
        ChatEvent.Message message = c.log(c.alice, c.bob, "first", 1);

        assertThat(amend(c, logged(c, message), edit(message, "e1", "second"), 5))
                .isEqualTo(AmendmentOutcome.AMENDED);

        LoggedMessage found = logged(c, message);
        assertThat(found.message().text()).isEqualTo("second");
        assertThat(found.editedAt()).isEqualTo(c.at(5));
        assertThat(found.storedAt()).isEqualTo(c.at(1));
        assertThat(StageResults.await(c.other.messages(c.talk, c.bob, HistoryRange.newest(10))))
                .containsExactly(found);
        assertThat(c.entry(c.bob, c.talk).last()).isEqualTo(found);
    }

    @Test
    default void the_latest_edit_holds_in_whatever_order_they_are_recorded(CallLogFixture c) {
        log(c);
        ChatEvent.Message message = c.log(c.alice, c.bob, "first", 1);
        LoggedMessage target = logged(c, message);

        amend(c, target, edit(message, "e2", "latest"), 7);
        amend(c, target, edit(message, "e1", "earlier"), 5);

        assertThat(logged(c, message).message().text()).isEqualTo("latest");
        assertThat(logged(c, message).editedAt()).isEqualTo(c.at(7));
    }

    @Test
    default void a_repeated_amendment_has_no_effect(CallLogFixture c) {
        log(c);
        ChatEvent.Message message = c.log(c.alice, c.bob, "first", 1);
        LoggedMessage target = logged(c, message);
        Amendment reaction = by(c.bob, message, "r1").react("+1");

        amend(c, target, reaction, 5);
        amend(c, target, reaction, 5);

        assertThat(logged(c, message).reactions()).containsExactly(new Reaction("+1", 1, List.of(c.bob)));
        assertThat(StageResults.await(log(c).amendments(c.talk, null, 10)).amendments())
                .hasSize(1);
    }

    @Test
    default void a_resend_of_an_edited_message_does_not_bring_the_old_content_back(CallLogFixture c) {
        log(c);
        ChatEvent.Message message = c.log(c.alice, c.bob, "first", 1);
        amend(c, logged(c, message), edit(message, "e1", "second"), 5);

        c.log(message, 1);

        assertThat(texts(c.messages())).containsExactly("second");
    }

    private static AttachmentRef file(String id) {
        return AttachmentRef.of(AttachmentId.of(id)).withFile("a \"b\".png", "image/png", 7);
    }

    @Test
    default void G17_a_deleted_message_has_no_content_and_keeps_its_place(CallLogFixture c) {
        log(c);
        ChatEvent.Message before = c.log(c.alice, c.bob, "before", 1);
        ChatEvent.Message message = ChatEvent.Message.from(c.alice)
                .to(c.bob)
                .text("secret")
                .attachments(file("secret-1"))
                .timestamp(1)
                .build();
        c.log(message, 2);
        LoggedMessage target = logged(c, message);
        MessageContent edited = MessageContent.builder()
                .text("secret too")
                .attachments(file("secret-2"))
                .build();
        amend(c, target, by(c.alice, message, "e1").edit(edited), 3);
        assertThat(logged(c, message).message().content()).isEqualTo(edited);
        amend(c, target, by(c.bob, message, "r1").react("+1"), 4);

        Amendment deletion = by(c.alice, message, "d1").delete();
        assertThat(amend(c, target, deletion, 5)).isEqualTo(AmendmentOutcome.CHANGED);
        assertThat(logged(c, message).message().content()).isEqualTo(edited);
        assertThat(amend(c, logged(c, message), deletion, 5)).isEqualTo(AmendmentOutcome.AMENDED);

        LoggedMessage rest = logged(c, message);
        assertThat(rest.message()).isEqualTo(message.deleted(new Deletion(c.at(5), c.alice)));
        assertThat(rest.editedAt()).isZero();
        assertThat(rest.reactions()).isEmpty();
        assertThat(c.messages()).containsExactly(rest, logged(c, before));
        assertThat(c.entry(c.bob, c.talk).last()).isEqualTo(rest);
    }

    private static Amendment files(ChatEvent.Message message, String id, String... names) {
        AttachmentRef[] named =
                Stream.of(names).map(CallLogAmendmentContract::file).toArray(AttachmentRef[]::new);
        return by(message.from(), message, id)
                .edit(MessageContent.builder().attachments(named).build());
    }

    @Test
    default void G17_an_edit_with_other_files_takes_effect_only_on_the_edit_that_was_seen(CallLogFixture c) {
        log(c);
        ChatEvent.Message message = c.log(c.alice, c.bob, "first", 1);
        LoggedMessage unedited = logged(c, message);
        assertThat(amend(c, unedited, files(message, "e2", "one", "two"), 7)).isEqualTo(AmendmentOutcome.AMENDED);
        LoggedMessage seen = logged(c, message);

        assertThat(amend(c, unedited, files(message, "e1", "one"), 5)).isEqualTo(AmendmentOutcome.CHANGED);
        assertThat(amend(c, unedited, files(message, "e3", "one"), 8)).isEqualTo(AmendmentOutcome.CHANGED);
        assertThat(logged(c, message)).isEqualTo(seen);
        assertThat(amend(c, seen, files(message, "e1", "one"), 5)).isEqualTo(AmendmentOutcome.AMENDED);
        assertThat(logged(c, message)).isEqualTo(seen);
        assertThat(amend(c, seen, files(message, "e3", "one"), 8)).isEqualTo(AmendmentOutcome.AMENDED);
        assertThat(logged(c, message).message().content().attachments()).containsExactly(file("one"));
    }

    @Test
    default void G17_nothing_brings_deleted_content_back(CallLogFixture c) {
        log(c);
        ChatEvent.Message message = c.log(c.alice, c.bob, "secret", 1);
        LoggedMessage target = logged(c, message);
        amend(c, target, by(c.alice, message, "d1").delete(), 5);

        assertThat(amend(c, target, edit(message, "e1", "secret"), 9)).isEqualTo(AmendmentOutcome.DELETED);
        assertThat(amend(c, target, by(c.bob, message, "r1").react("+1"), 9)).isEqualTo(AmendmentOutcome.DELETED);
        c.log(message, 1);
        assertThat(amend(c, target, by(c.alice, message, "d2").delete(), 9)).isEqualTo(AmendmentOutcome.AMENDED);

        assertThat(c.messages()).hasSize(1);
        assertThat(c.messages().get(0).message()).isEqualTo(message.deleted(new Deletion(c.at(5), c.alice)));
        assertThat(StageResults.await(log(c).amendments(c.talk, null, 10)).amendments())
                .allMatch(Amendment::isDeletion);
    }

    @Test
    default void G17_an_amendment_changes_all_records_of_its_message(CallLogFixture c) {
        log(c);
        ChatEvent.Message message = c.log(c.alice, c.bob, "secret", 1);
        amend(c, logged(c, message), edit(message, "e1", "secret too"), 2);
        c.log(message, 50);
        c.log(message, 90);

        amend(c, logged(c, message), by(c.bob, message, "r1").react("+1"), 100);
        assertThat(c.messages()).hasSize(3).allMatch(each -> each.reactions().size() == 1);
        amend(c, logged(c, message), edit(message, "e2", "newest secret"), 101);
        assertThat(texts(c.messages())).hasSize(3).containsOnly("newest secret");
        assertThat(amend(c, logged(c, message), by(c.alice, message, "d1").delete(), 102))
                .isEqualTo(AmendmentOutcome.AMENDED);

        assertThat(c.messages())
                .hasSize(3)
                .allMatch(each -> each.message().deletion() != null)
                .allMatch(each -> each.message().text().isEmpty())
                .allMatch(each -> each.reactions().isEmpty());
    }

    @Test
    default void a_deletion_by_the_application_names_nobody(CallLogFixture c) {
        log(c);
        ChatEvent.Message message = c.log(c.alice, c.bob, "secret", 1);
        Amendment deletion = by(c.alice, message, "d1").change(new Amendment.Delete(Amendment.Authority.HOST));

        amend(c, logged(c, message), deletion, 5);

        assertThat(logged(c, message).message().deletion()).isEqualTo(new Deletion(c.at(5), null));
    }

    @Test
    default void reactions_are_counted_by_kind_and_the_first_users_are_named(CallLogFixture c) {
        log(c);
        ChatEvent.Message message = c.say(c.alice, "hello", 1);
        LoggedMessage target = logged(c, message);
        List<UserId> users = IntStream.range(0, Reaction.MAX_USERS + 1)
                .mapToObj(i -> c.user("fan" + (100 + i)))
                .toList();
        for (int i = 0; i < users.size(); i++) {
            amend(c, target, by(users.get(i), message, "r" + i).react("+1"), 10 + i);
        }
        amend(c, target, by(c.bob, message, "h").react("heart"), 9);

        assertThat(logged(c, message).reactions())
                .containsExactly(
                        new Reaction("heart", 1, List.of(c.bob)),
                        new Reaction("+1", Reaction.MAX_USERS + 1, users.subList(0, Reaction.MAX_USERS)));
    }

    @Test
    default void a_user_gives_each_kind_of_reaction_once_and_may_take_it_back(CallLogFixture c) {
        log(c);
        ChatEvent.Message message = c.log(c.alice, c.bob, "hello", 1);
        LoggedMessage target = logged(c, message);
        amend(c, target, by(c.bob, message, "r1").react("+1"), 5);
        amend(c, target, by(c.bob, message, "r2").react("+1"), 6);
        amend(c, target, by(c.bob, message, "r3").react("heart"), 7);
        amend(c, target, by(c.bob, message, "r4").unreact("+1"), 8);
        amend(c, target, by(c.alice, message, "r5").unreact("heart"), 9);

        assertThat(logged(c, message).reactions()).containsExactly(new Reaction("heart", 1, List.of(c.bob)));
    }

    @Test
    default void G17_amendments_in_any_order_lead_to_the_same_state(CallLogFixture c) {
        log(c);
        List<List<LoggedMessage>> states = new ArrayList<>();
        for (int seed = 0; seed < 3; seed++) {
            ChatEvent.Message message = ChatEvent.message(c.alice, c.user("peer" + seed), MessageId.of("m1"), "first");
            c.log(message, 1);
            LoggedMessage target = logged(c, message);
            List<Amendment> all = new ArrayList<>(List.of(
                    edit(message, "e1", "one"),
                    edit(message, "e2", "two"),
                    by(c.alice, message, "r3").react("+1"),
                    by(c.alice, message, "r4").unreact("+1"),
                    by(c.alice, message, "r5").react("heart"),
                    by(c.alice, message, "r6").react("+1")));
            Collections.shuffle(all, new Random(seed));
            all.forEach(each -> amend(
                    c, target, each, 10 + Integer.parseInt(each.id().value().substring(1))));
            states.add(List.of(logged(c, message)));
        }

        assertThat(states).allSatisfy(each -> {
            assertThat(each.get(0).message().text()).isEqualTo("two");
            assertThat(each.get(0).reactions())
                    .containsExactly(
                            new Reaction("heart", 1, List.of(c.alice)), new Reaction("+1", 1, List.of(c.alice)));
        });
    }

    @Test
    default void amendments_are_no_messages(CallLogFixture c) {
        log(c);
        ChatEvent.Message first = c.log(c.alice, c.bob, "first", 1);
        c.log(c.alice, c.bob, "second", 2);
        amend(c, logged(c, first), edit(first, "e1", "edited"), 5);
        amend(c, logged(c, first), by(c.bob, first, "r1").react("+1"), 6);

        assertThat(texts(c.messages())).containsExactly("second", "edited");
        assertThat(texts(c.paged(c.other, 1))).containsExactly("second", "edited");
        assertThat(c.entry(c.bob, c.talk).unread()).isEqualTo(2);
        assertThat(c.entry(c.bob, c.talk).last().message().text()).isEqualTo("second");
    }

    @Test
    default void the_list_of_amendments_has_what_still_matters_oldest_first_page_by_page(CallLogFixture c) {
        log(c);
        ChatEvent.Message edited = c.log(c.alice, c.bob, "first", 1);
        ChatEvent.Message deleted = c.log(c.alice, c.bob, "secret", 2);
        amend(c, logged(c, edited), edit(edited, "e1", "one"), 5);
        amend(c, logged(c, edited), edit(edited, "e2", "two"), 6);
        amend(c, logged(c, deleted), edit(deleted, "e3", "secret"), 7);
        amend(c, logged(c, deleted), by(c.alice, deleted, "d4").delete(), 8);
        amend(c, logged(c, edited), by(c.bob, edited, "r5").react("+1"), 9);

        List<Amendment> found = new ArrayList<>();
        MessagePosition next = c.end(4);
        while (next != null) {
            AmendmentPage page = StageResults.await(log(c).amendments(c.talk, next, 2));
            found.addAll(page.amendments());
            next = page.next();
        }

        assertThat(found).extracting(each -> each.id().value()).containsExactly("e2", "d4", "r5");
        assertThat(found).extracting(Amendment::loggedAt).containsExactly(c.at(6), c.at(8), c.at(9));
        assertThat(((Amendment.Edit) found.get(0).change()).content().text()).isEqualTo("two");
        assertThat(StageResults.await(log(c).amendments(c.talk, c.end(8), 10)).amendments())
                .extracting(each -> each.id().value())
                .containsExactly("r5");
    }

    @Test
    default void the_time_of_a_recorded_amendment_is_found_by_user_id_and_content(CallLogFixture c) {
        log(c);
        ChatEvent.Message message = c.log(c.alice, c.bob, "first", 1);
        Amendment edit = edit(message, "e1", "one");
        amend(c, logged(c, message), edit, 5);
        amend(c, logged(c, message), edit(message, "e2", "two"), 6);

        assertThat(StageResults.await(log(c).timeOf(edit, c.at(0)))).contains(c.at(5));
        assertThat(StageResults.await(log(c).timeOf(edit(message, "e1", "other"), c.at(0))))
                .isEmpty();
        assertThat(StageResults.await(log(c).timeOf(edit(message, "e9", "one"), c.at(0))))
                .isEmpty();
    }

    @Test
    default void a_message_that_is_not_there_cannot_be_amended(CallLogFixture c) {
        AmendmentLog log = log(c);
        ChatEvent.Message message = ChatEvent.message(c.alice, c.bob, "never recorded");
        LoggedMessage target = new LoggedMessage(message, c.at(1), MessageStatus.SENT);

        assertThat(StageResults.await(log.amend(target, edit(message, "e1", "one"), c.at(5))))
                .isEqualTo(AmendmentOutcome.MISSING);
        assertThat(StageResults.await(
                        log.amend(target, by(c.alice, message, "d1").delete(), c.at(5))))
                .isEqualTo(AmendmentOutcome.MISSING);
        assertThat(StageResults.await(log.amend(target, by(c.bob, message, "r1").react("+1"), c.at(5))))
                .isEqualTo(AmendmentOutcome.MISSING);
        assertThat(c.find(message)).isEmpty();
    }

    @Test
    default void reactions_of_many_users_at_once_are_all_kept(CallLogFixture c) {
        log(c);
        ChatEvent.Message message = c.say(c.alice, "hello", 1);
        LoggedMessage target = logged(c, message);
        List<CompletionStage<AmendmentOutcome>> answers = IntStream.range(0, 10)
                .mapToObj(i -> {
                    AmendmentLog node = (AmendmentLog) c.node(i);
                    return node.amend(
                            target, by(c.user("fan" + i), message, "r" + i).react("+1"), c.at(10 + i));
                })
                .toList();
        answers.forEach(each -> assertThat(StageResults.await(each)).isEqualTo(AmendmentOutcome.AMENDED));

        assertThat(logged(c, message).reactions()).extracting(Reaction::count).containsExactly(10);
    }

    @Test
    default void an_erased_conversation_has_no_amendments(CallLogFixture c) {
        log(c);
        ChatEvent.Message message = c.log(c.alice, c.bob, "first", 1);
        Amendment edit = edit(message, "e1", "second");
        amend(c, logged(c, message), edit, 5);

        StageResults.await(c.removal().erase(c.talk));

        assertThat(c.messages()).isEmpty();
        assertThat(StageResults.await(log(c).amendments(c.talk, null, 10)).amendments())
                .isEmpty();
        assertThat(StageResults.await(log(c).timeOf(edit, 0))).isEmpty();
    }
}
