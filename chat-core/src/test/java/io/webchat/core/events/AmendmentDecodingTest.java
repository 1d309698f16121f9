package io.webchat.core.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webchat.core.ChatException;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Amendments that clients send are read as they are, or refused by the name of a field. */
class AmendmentDecodingTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final String ABOUT = "'To':'bob','MsgID':'a1','About':{'From':'alice','MsgID':'m1'}";

    private static ChatEvent decode(String json) {
        return EventCodec.decodeFromClient(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), ALICE, false);
    }

    @Test
    void an_edit_a_deletion_and_a_reaction_are_read() {
        Amendment edit = (Amendment) decode("{'EvtType':'edit'," + ABOUT + ",'Text':'hi','Data':{'a':1}}");
        assertThat(edit.from()).isEqualTo(ALICE);
        assertThat(edit.about()).isEqualTo(new MessageRef(ALICE, MessageId.of("m1")));
        assertThat(((Amendment.Edit) edit.change()).content())
                .isEqualTo(MessageContent.builder()
                        .text("hi")
                        .data(Json.parse("{\"a\":1}"))
                        .build());
        assertThat(((Amendment) decode("{'EvtType':'delete'," + ABOUT + "}")).change())
                .isEqualTo(new Amendment.Delete(Amendment.Authority.USER));
        assertThat(((Amendment) decode("{'EvtType':'react'," + ABOUT + ",'Reaction':'👍'}")).change())
                .isEqualTo(new Amendment.React("👍", false));
        assertThat(((Amendment) decode("{'EvtType':'react'," + ABOUT + ",'Reaction':'👍','Remove':true}")).change())
                .isEqualTo(new Amendment.React("👍", true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "edit|'Text':'x','Reaction':'+'|Reaction",
                "edit|'Text':'x','Remove':false|Remove",
                "edit|'Text':'x','Colour':'red'|Colour",
                "edit|'Text':'x','ByHost':true|ByHost",
                "edit|'Timestamp':1|Text",
                "delete|'Text':'x'|Text",
                "delete|'Reaction':'+'|Reaction",
                "delete|'ByHost':true|ByHost",
                "delete|'DeletedAt':5|DeletedAt",
                "react|'Timestamp':1|Reaction",
                "react|'Reaction':'+','Text':'x'|Text",
                "react|'Reaction':7|Reaction",
                "react|'Reaction':'+','Remove':'yes'|Remove"
            },
            quoteCharacter = '`')
    void G18_a_field_that_does_not_belong_there_is_refused_by_name(String kind, String fields, String named) {
        assertThatThrownBy(() -> decode("{'EvtType':'" + kind + "'," + ABOUT + "," + fields + "}"))
                .isInstanceOf(ChatException.class)
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'About':'m1'|About",
                "'About':{'MsgID':'m1'}|About.From",
                "'About':{'From':'alice'}|About.MsgID",
                "'About':{'From':'alice','MsgID':'m1','Text':'x'}|About.Text",
                "'Timestamp':1|About"
            },
            quoteCharacter = '`')
    void G18_a_malformed_or_missing_About_is_refused_by_name(String about, String named) {
        assertThatThrownBy(() -> decode("{'EvtType':'delete','To':'bob','MsgID':'a1'," + about + "}"))
                .isInstanceOf(ChatException.class)
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'About':{'From':'alice','MsgID':'m1'}|About",
                "'Reaction':'+'|Reaction",
                "'DeletedBy':'x'|DeletedBy"
            },
            quoteCharacter = '`')
    void G18_a_message_has_no_fields_of_an_amendment(String field, String named) {
        assertThatThrownBy(() -> decode("{'EvtType':'message','To':'bob','MsgID':'m2','Text':'x'," + field + "}"))
                .isInstanceOf(ChatException.class)
                .hasMessageContaining(named);
    }

    @Test
    void what_a_policy_replaced_is_told_to_nodes_and_to_no_client() {
        Amendment edit = Amendment.by(ALICE)
                .to(UserId.of("bob"))
                .about(new MessageRef(ALICE, MessageId.of("m1")))
                .edit(MessageContent.text("other"))
                .withSentDigest("A1");
        Envelope envelope = Envelope.stored(3, 4, edit);

        assertThat(new String(envelope.json(), StandardCharsets.UTF_8)).doesNotContain("SentDigest");
        assertThat(EventCodec.decode(EventCodec.encode(envelope)).event()).isEqualTo(edit);
    }
}
