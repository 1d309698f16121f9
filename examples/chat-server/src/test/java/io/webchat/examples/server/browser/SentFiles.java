package io.webchat.examples.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** The files that somebody sends and gets, as they see them. */
final class SentFiles {
    private static final String TRANSFER = "files => { const all = new DataTransfer();"
            + " files.forEach(({ name, type, bytes }) => all.items.add(new File("
            + "[Uint8Array.from(atob(bytes), each => each.charCodeAt(0))], name, { type }))); return all; }";

    private final Person person;

    SentFiles(Person person) {
        this.person = person;
    }

    /** A PNG of this size. */
    static FilePayload picture(String name, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setPaint(new GradientPaint(0, 0, new Color(40, 90, 200), width, height, new Color(250, 180, 90)));
        pen.fillRect(0, 0, width, height);
        pen.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return new FilePayload(name, "image/png", bytes.toByteArray());
    }

    static FilePayload file(String name, int size) {
        return new FilePayload(name, "application/octet-stream", new byte[size]);
    }

    void choose(FilePayload... files) {
        FileChooser chooser = person.page()
                .waitForFileChooser(() -> person.button("Attach files").click());
        chooser.setFiles(files);
    }

    void paste(FilePayload... files) {
        person.chat()
                .field()
                .evaluate(
                        "(field, clipboardData) => field.dispatchEvent(new ClipboardEvent('paste',"
                                + " { clipboardData, bubbles: true, cancelable: true }))",
                        transfer(files));
    }

    /** Drags files over something, or drops them there. */
    void drag(String event, Locator target, FilePayload... files) {
        target.dispatchEvent(event, Map.of("dataTransfer", transfer(files)));
    }

    private JSHandle transfer(FilePayload... files) {
        List<Map<String, String>> all = List.of(files).stream()
                .map(file -> Map.of(
                        "name", file.name,
                        "type", file.mimeType,
                        "bytes", Base64.getEncoder().encodeToString(file.buffer)))
                .toList();
        return person.page().evaluateHandle(TRANSFER, all);
    }

    /** The files above the composer. */
    Locator chips() {
        return person.page()
                .getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Files to send"))
                .getByRole(AriaRole.LISTITEM);
    }

    Locator chip(String name) {
        return chips().filter(new Locator.FilterOptions().setHasText(name));
    }

    void isUploaded(String name) {
        assertThat(chip(name)).hasAttribute("data-state", "there");
    }

    void hasFailed(String name, String why) {
        assertThat(chip(name)).hasAttribute("data-state", "failed");
        assertThat(chip(name)).containsText(why);
    }

    /** The box of a picture in the conversation. */
    Locator box(String name) {
        return person.chat()
                .region()
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Open " + name));
    }

    Locator shown(String name) {
        return box(name).locator("img.is-there");
    }

    /** What a download brings. */
    byte[] download(String name) throws IOException {
        Download download = person.page()
                .waitForDownload(() -> person.button("Download " + name).click());
        return Files.readAllBytes(download.path());
    }
}
