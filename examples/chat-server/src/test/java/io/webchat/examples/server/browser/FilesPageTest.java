package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.webchat.examples.server.browser.SentFiles.file;
import static io.webchat.examples.server.browser.SentFiles.picture;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.MouseButton;
import io.webchat.examples.server.LocalNodes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Files are chosen, pasted and dropped, uploaded with progress, seen by others, and gone with their message. */
@Tag("browser")
@Tag("full")
@ExtendWith(BrowserTests.class)
class FilesPageTest {
    private static final int SLOW = 100_000;
    private static final Pattern FILES = Pattern.compile("/v1/attachments/");

    private static void entry(Person person, String text, String name) {
        person.chat().message(text).locator(".bubble").click(new Locator.ClickOptions().setButton(MouseButton.RIGHT));
        person.page()
                .getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(name))
                .click();
    }

    /** Lets uploads pass only so many bytes per second; -1 for as many as there are. */
    private static void uploadsPass(CDPSession devTools, int bytesPerSecond) {
        JsonObject conditions = new JsonObject();
        conditions.addProperty("offline", false);
        conditions.addProperty("latency", 0);
        conditions.addProperty("downloadThroughput", -1);
        conditions.addProperty("uploadThroughput", bytesPerSecond);
        devTools.send("Network.emulateNetworkConditions", conditions);
    }

    @Test
    void aPictureHasItsPlaceBeforeItIsThereAndAFileIsSavedAsItWasSent(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.signedIn("bob", 1);
        SentFiles sent = new SentFiles(ann);
        SentFiles got = new SentFiles(bob);
        ann.startsConversationWith(bob);
        byte[] bytes = "<script>alert(1)</script>\n".repeat(900).getBytes(StandardCharsets.UTF_8);
        sent.choose(picture("boat.png", 640, 400), new FilePayload("page.html", "text/html", bytes));
        sent.isUploaded("boat.png");
        sent.isUploaded("page.html");
        Axe.check(ann, "files to send");
        ann.writes("our boat");
        ann.chat().marks("our boat", "Delivered");
        assertThat(sent.shown("boat.png")).isVisible();
        assertThat(sent.chips()).hasCount(0);

        List<Route> held = new ArrayList<>();
        bob.page().route(FILES, held::add);
        bob.opensConversationWith(ann);
        bob.sees("our boat");
        BoundingBox before = got.box("boat.png").boundingBox();
        assertThat(before.width / before.height).isBetween(1.59, 1.61);
        assertThat(got.shown("boat.png")).hasCount(0);
        bob.page().waitForCondition(() -> !held.isEmpty());
        assertThat(held.get(0).request().url()).doesNotContain("token");
        held.forEach(Route::resume);
        bob.page().unroute(FILES);
        assertThat(got.shown("boat.png")).isVisible();
        BoundingBox loaded = got.box("boat.png").boundingBox();
        assertThat(List.of(loaded.width, loaded.height, loaded.y))
                .isEqualTo(List.of(before.width, before.height, before.y));
        assertThat(got.shown("boat.png")).hasJSProperty("naturalWidth", 640);
        assertThat(got.download("page.html")).isEqualTo(bytes);
        Axe.check(bob, "a picture and a card");
        seesItAsAWhole(bob, got.box("boat.png"));
    }

    /** Escape closes the picture, and gives the focus back. */
    private static void seesItAsAWhole(Person person, Locator box) {
        box.click();
        Locator dialog = person.dialog("boat.png");
        assertThat(dialog.getByRole(AriaRole.IMG, new Locator.GetByRoleOptions().setName("boat.png")))
                .isVisible();
        Axe.check(person, "a picture as a whole");
        person.press("Escape");
        assertThat(dialog).isHidden();
        assertThat(box).isFocused();
    }

    @Test
    void G17_aDeletedMessageLosesItsPictureAtOnceAndAnEditDropsAFile(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        Person bob = people.signedIn("bob", 1);
        SentFiles sent = new SentFiles(ann);
        SentFiles got = new SentFiles(bob);
        ann.startsConversationWith(bob);
        sent.choose(picture("boat.png", 300, 200), picture("sea.png", 300, 200));
        sent.isUploaded("boat.png");
        sent.isUploaded("sea.png");
        ann.writes("two pictures");
        bob.opensConversationWith(ann);
        assertThat(got.shown("sea.png")).isVisible();

        entry(ann, "two pictures", "Edit");
        ann.button("Remove sea.png").click();
        ann.writes("one picture");
        bob.sees("one picture");
        assertThat(got.box("sea.png")).hasCount(0);
        got.box("boat.png").click();
        assertThat(bob.dialog("boat.png")).isVisible();
        entry(ann, "one picture", "Delete");
        Rooms.button(ann.dialog("Delete this message?"), "Delete").click();
        assertThat(bob.dialog("boat.png")).isHidden();
        assertThat(got.box("boat.png")).hasCount(0);
        assertThat(sent.box("boat.png")).hasCount(0);
    }

    @Test
    void filesArePastedAndDroppedIntoTheConversationAndNowhereElse(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        SentFiles sent = new SentFiles(ann);
        ann.startsConversationWith(people.member("bob"));
        sent.paste(picture("image.png", 40, 30));
        sent.isUploaded("image.png");
        assertThat(sent.chip("image.png").locator("img")).isVisible();

        Locator sign = ann.page().getByText("Drop files here to send them");
        sent.drag("dragover", ann.chat().region(), file("a.bin", 5));
        assertThat(sign).isVisible();
        Axe.check(ann, "files over the conversation");
        String url = ann.page().url();
        sent.drag("dragover", ann.list().row("bob"), file("a.bin", 5));
        assertThat(sign).isHidden();
        sent.drag("drop", ann.list().row("bob"), file("a.bin", 5));
        assertThat(sent.chips()).hasCount(1);
        assertThat(ann.page()).hasURL(url);
        sent.drag("drop", ann.chat().region(), file("a.bin", 5));
        sent.isUploaded("a.bin");

        sent.choose(file("huge.bin", 3_000_001));
        assertThat(ann.page().getByText("huge.bin has 3,000,001 bytes. A file may have 3,000,000 bytes at most."))
                .isVisible();
        ann.chat().field().press("Enter");
        assertThat(sent.chips()).hasCount(0);
        assertThat(sent.shown("image.png")).isVisible();
        assertThat(ann.button("Download a.bin")).isVisible();
    }

    @Test
    void anUploadTellsItsProgressAndIsCancelledAndAMessageWaitsForIt(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        SentFiles sent = new SentFiles(ann);
        ann.startsConversationWith(people.member("bob"));
        CDPSession devTools = ann.page().context().newCDPSession(ann.page());
        uploadsPass(devTools, SLOW);
        sent.choose(file("slow.bin", 2_500_000));
        Locator bar = sent.chip("slow.bin").getByRole(AriaRole.PROGRESSBAR);
        assertThat(bar).hasAttribute("aria-valuenow", Pattern.compile("[1-9]\\d?"));
        ann.chat().field().fill("with a file");
        ann.button("Send").click();
        Locator waiting = ann.page().getByText("The message is sent as soon as its files are uploaded.");
        assertThat(waiting).isVisible();
        Axe.check(ann, "a message that waits for its file");
        ann.button("Do not send yet").click();
        assertThat(waiting).isHidden();
        ann.chat().field().press("Enter");
        ann.button("Cancel the upload of slow.bin").click();
        ann.sees("with a file");
        assertThat(sent.chips()).hasCount(0);

        uploadsPass(devTools, -1);
        sent.choose(file("quick.bin", 2_000_000));
        ann.chat().field().press("Enter");
        assertThat(ann.button("Download quick.bin")).isVisible();
    }

    @Test
    void aRefusedUploadSaysWhyAndIsTriedAgain(People people) throws Exception {
        Person ann = people.signedIn("ann", 0);
        ann.expects(Console.Noise.STATUS_413);
        ann.expects(Console.Noise.UNREACHABLE);
        SentFiles sent = new SentFiles(ann);
        ann.startsConversationWith(people.member("bob"));
        sent.choose(file("first.bin", 2_500_000));
        sent.isUploaded("first.bin");
        sent.choose(file("second.bin", 2_500_000));
        sent.hasFailed("second.bin", "All files of this user have more than 4000000 bytes");
        assertThat(ann.button("Send")).isDisabled();
        Axe.check(ann, "a refused upload");
        ann.button("Remove first.bin").click();
        assertThat(sent.chips()).hasCount(1);
        ann.button("Try second.bin again").click();
        sent.isUploaded("second.bin");

        ann.goesOffline();
        ann.seesTheBanner("You are offline");
        sent.choose(file("third.bin", 1_000));
        sent.hasFailed("third.bin", "The server cannot be reached");
        ann.comesBack();
        ann.seesNoBanner();
        ann.button("Try third.bin again").click();
        sent.isUploaded("third.bin");
        ann.button("Send").click();
        assertThat(ann.button("Download third.bin")).isVisible();
    }

    @Test
    void aServerThatTakesNoFilesHasNoButtonAndSaysSo(People people) throws Exception {
        try (LocalNodes none = Stage.nodeWithoutFiles()) {
            Person ann = people.somebody("ann");
            // The node ends before the page does.
            ann.expects(Console.Noise.UNREACHABLE);
            ann.opens(none.url(0));
            ann.signsIn();
            ann.startsConversationWith(people.member("bob"));
            ann.writes("a text");
            ann.chat().marks("a text", "Sent");
            assertThat(ann.button("Attach files")).isHidden();
            new SentFiles(ann).paste(picture("image.png", 40, 30));
            assertThat(ann.page().getByText("This server takes no files.")).isVisible();
            assertThat(new SentFiles(ann).chips()).hasCount(0);
        }
    }
}
