package io.webchat.dynamo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the packages of chat-dynamo: dynamo → calllog, rooms → table; s3 → files → table. */
@AnalyzeClasses(packages = "io.webchat.dynamo", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule internalsDoNotKnowTheApi = noClasses()
            .that()
            .resideInAPackage("io.webchat.dynamo.internal..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.webchat.dynamo");

    @ArchTest
    static final ArchRule theStoresDoNotKnowEachOther = slices().matching(
                    "io.webchat.dynamo.internal.(calllog|rooms|files)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule theTableKnowsNoneOfItsUsers = noClasses()
            .that()
            .resideInAPackage("io.webchat.dynamo.internal.table..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.webchat.dynamo.internal.calllog..",
                    "io.webchat.dynamo.internal.rooms..",
                    "io.webchat.dynamo.internal.files..");

    @ArchTest
    static final ArchRule nobodyNeedsSpring = noClasses()
            .that()
            .resideOutsideOfPackage("io.webchat.dynamo.spring..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.webchat.dynamo.spring..", "org.springframework..");

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("io.webchat.dynamo.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule adaptersKnowTheSpiAndTheEventsOnly = classes()
            .that()
            .resideOutsideOfPackage("io.webchat.dynamo.spring..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "io.webchat.core",
                    "io.webchat.core.calllog",
                    "io.webchat.core.events",
                    "io.webchat.core.ids",
                    "io.webchat.core.rooms",
                    "io.webchat.core.spi..",
                    "io.webchat.dynamo..",
                    "software.amazon.awssdk..",
                    "org.slf4j..",
                    "org.jspecify..");
}
