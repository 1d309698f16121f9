package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;

/** The open conversation, as somebody sees it. */
final class ChatPane {
    private final Person person;

    ChatPane(Person person) {
        this.person = person;
    }

    /** The part that scrolls. */
    Locator region() {
        return person.page()
                .getByRole(
                        AriaRole.REGION,
                        new Page.GetByRoleOptions().setName("Messages").setExact(true));
    }

    /** All messages, oldest first. */
    Locator messages() {
        return region().getByRole(AriaRole.LISTITEM);
    }

    Locator message(String text) {
        return messages()
                .filter(new Locator.FilterOptions().setHas(person.page().getByText(text, exactly())));
    }

    private static Page.GetByTextOptions exactly() {
        return new Page.GetByTextOptions().setExact(true);
    }

    Locator field() {
        return person.field("Message");
    }

    void write(String text) {
        field().fill(text);
        if (person.isOnAPhone()) {
            person.button("Send").tap();
        } else {
            field().press("Enter");
        }
        assertThat(field()).hasValue("");
    }

    /** Types and does not send. */
    void type(String text) {
        field().pressSequentially(text);
    }

    /** There is one message with this text. */
    void shows(String text) {
        assertThat(message(text)).isVisible();
    }

    /** What the messages say, oldest first. */
    List<String> texts() {
        return messages().getByRole(AriaRole.PARAGRAPH).allTextContents();
    }

    void showsInOrder(List<String> texts) {
        assertThat(messages()).containsText(texts.toArray(String[]::new));
    }

    /** How far a message of one's own has come: "Waiting to be sent", "Sent", "Delivered", "Seen". */
    void marks(String text, String state) {
        assertThat(message(text).getByLabel(state, new Locator.GetByLabelOptions().setExact(true)))
                .isVisible();
    }

    void showsAsFailed(String text) {
        assertThat(message(text)).containsText("Not sent");
    }

    void retry(String text) {
        message(text)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Retry"))
                .click();
    }

    /** The line under the name: whether they are there, or type. */
    void says(String text) {
        assertThat(header().getByText(text, new Locator.GetByTextOptions().setExact(true)))
                .isVisible();
    }

    void says(Pattern text) {
        assertThat(header().getByText(text)).isVisible();
    }

    void saysNothingOf(String text) {
        assertThat(header().getByText(text)).isHidden();
    }

    void isCalled(String title) {
        assertThat(heading()).hasText(title);
    }

    /** Not that of a dialog, which may still be open. */
    private Locator heading() {
        return header().getByRole(AriaRole.HEADING, new Locator.GetByRoleOptions().setLevel(2));
    }

    private Locator header() {
        return person.page().getByRole(AriaRole.MAIN).locator("section > header");
    }

    /** Opens what there is to know about the other side. */
    void openDetails() {
        person.button("Details").click();
    }

    void search(String text) {
        person.button("Search messages").click();
        person.field("Search in this conversation").fill(text);
    }

    void showsMatches(String count) {
        assertThat(person.page().getByRole(AriaRole.SEARCH).getByRole(AriaRole.STATUS))
                .hasText(count);
    }
}
