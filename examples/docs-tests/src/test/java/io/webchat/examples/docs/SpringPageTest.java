package io.webchat.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.socketio.spring.WebchatServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The application of docs/spring-boot.md takes the first message, with the commands of the page. */
@Tag("full")
class SpringPageTest {
    @Test
    void theFirstMessageIsSentAndRead(@TempDir Path folder) throws Exception {
        Page page = Page.read("docs/spring-boot.md");
        assertThat(Compiled.into(
                        folder, List.of(JavaSource.of(page.blocks("java").get(0)))))
                .isEmpty();
        Class<?> application = Compiled.loader(folder).loadClass("com.example.hello.HelloChat");
        Block commands = page.blocks("sh").stream()
                .filter(each -> each.text().contains("curl"))
                .findFirst()
                .orElseThrow();

        try (ConfigurableApplicationContext context = SpringApplication.run(
                application,
                "--webchat.port=0",
                "--webchat.host=127.0.0.1",
                // This class path has a web server, which the project of the page has not.
                "--spring.main.web-application-type=none")) {
            int port = context.getBean(WebchatServer.class).port().orElseThrow();
            Shell.Result result = Shell.run(commands.text().replace(":9092", ":" + port), folder);

            assertThat(result.status()).as(result.output()).isZero();
            assertThat(result.output()).contains("\"duplicate\":false}", "\"text\":\"hello\"");
        }
    }
}
