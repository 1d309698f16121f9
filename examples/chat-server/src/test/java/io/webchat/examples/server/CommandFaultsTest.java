package io.webchat.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options that cannot work are refused with one sentence and exit code 2; a backend that is away is named. */
class CommandFaultsTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private static void assertRefused(String sentence, String... options) {
        try (CommandRun server = CommandRun.of(options)) {
            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.output())
                    .contains(sentence)
                    .doesNotContain("\tat ")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void aDataFolderThatIsAFileOrBelowOne(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("taken"));

        assertRefused("--data: cannot use the folder " + file + ": " + file + " is a file", "--data", file.toString());
        Path below = file.resolve("data");
        assertRefused("--data: cannot use the folder " + below, "--data", below.toString());
        assertThat(folder).isDirectoryContaining(each -> each.equals(file));
    }

    @Test
    void aDataFolderWithoutTheRightToWrite() {
        Path kernel = Path.of("/proc/1");
        Assumptions.assumeTrue(
                Files.isDirectory(kernel) && !Files.isWritable(kernel),
                "Skipped: this user may write into every folder, so there is none to refuse");

        assertRefused("this user may not write into /proc/1", "--data", "/proc/1/webchat");
    }

    @Test
    void aTableWithoutDynamo() {
        assertRefused("--table names a table in DynamoDB: give --dynamo too", "--table", "talk");
    }

    @Test
    void aWebhookThatIsNoWebAddress() {
        assertRefused(
                "--webhook: must be an http or https URL",
                "--webhook",
                "ftp://example.com",
                "--webhook-secret",
                SECRET);
        assertRefused("--webhook: ", "--webhook", "http://a b", "--webhook-secret", SECRET);
    }

    @Test
    void aWebhookWithoutItsSecretAndASecretWithoutItsWebhook() {
        assertRefused("--webhook needs a --webhook-secret of 32 bytes or more", "--webhook", "https://example.com/");
        assertRefused("--webhook-secret signs the posts to a webhook: give --webhook too", "--webhook-secret", SECRET);
    }

    @Test
    void anOriginThatCanNeverMatch() {
        assertRefused("the origin foo can never match", "--port", "0", "--cors-origin", "foo");
    }

    @Test
    void awsWithoutRegionOrCredentials() {
        Assumptions.assumeTrue(
                System.getenv("AWS_ACCESS_KEY_ID") == null && System.getenv("AWS_REGION") == null,
                "Skipped: the environment has credentials of AWS, which a test cannot take away");
        Properties before = (Properties) System.getProperties().clone();
        System.getProperties()
                .putAll(Map.of(
                        "aws.disableEc2Metadata", "true",
                        "aws.configFile", "/nowhere",
                        "aws.sharedCredentialsFile", "/nowhere"));
        try {
            assertRefused("--dynamo aws: no credentials of AWS were found", "--port", "0", "--dynamo", "aws");
            System.setProperty("aws.accessKeyId", "key");
            System.setProperty("aws.secretAccessKey", "secret");
            assertRefused("--dynamo aws: no region is configured", "--port", "0", "--dynamo", "aws");
        } finally {
            System.setProperties(before);
        }
    }

    @Test
    void aRedisThatIsAway() {
        try (CommandRun server =
                CommandRun.of("--port", "0", "--redis", "redis://127.0.0.1:1", "--auth-secret", SECRET)) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.output())
                    .contains("cannot connect to Redis at 127.0.0.1:1: connection refused")
                    .doesNotContain("\tat ");
        }
    }
}
