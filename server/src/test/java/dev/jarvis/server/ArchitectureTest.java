package dev.jarvis.server;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

class ArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(
                    "dev.jarvis.platform",
                    "dev.jarvis.gateway",
                    "dev.jarvis.control",
                    "dev.jarvis.engine",
                    "dev.jarvis.server");

    /** A text with SQL in it that has anything but constants put into it or after it. */
    private static final Pattern GLUED_SQL = Pattern.compile("""
            \"""\\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\\b(?:(?!\""").)*\"""\\s*(\\+\\s*[a-z]|\\.formatted\\((?![A-Z_, ]+\\)))\
            |"(SELECT|INSERT INTO|UPDATE|DELETE FROM)\\b[^"\\n]*"\\s*(\\+\\s*[a-z]|\\.formatted\\((?![A-Z_, ]+\\)))\
            """, Pattern.DOTALL);

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.jarvis.(**)").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void everyPackageIsNullMarked() {
        List<String> unmarked = OURS.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(javaPackage -> !javaPackage.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .toList();
        assertThat(unmarked).isEmpty();
    }

    @Test
    void theWordsAndTheWireFormatsDoNoInputOrOutput() {
        noClasses()
                .that(resideInAnyPackage("dev.jarvis.gateway.chat..", "dev.jarvis.gateway.dialect.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.vertx..",
                        "io.netty..",
                        "java.nio.file..",
                        "java.nio.channels..",
                        "java.net..",
                        "java.net.http..",
                        "java.sql..",
                        "javax.sql..",
                        "org.jdbi..",
                        "java.util.concurrent.."))
                .check(OURS);
    }

    /** The wall between the tiers: the engine reaches models over HTTP, and has nothing of what opens the provider keys. */
    @Test
    void theEngineUsesNeitherTheGatewayNorControlNorTheVault() {
        noClasses()
                .that(resideInAPackage("dev.jarvis.engine.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.jarvis.gateway..", "dev.jarvis.control..")
                        .or(new DescribedPredicate<>("the vault and its keys") {
                            @Override
                            public boolean test(JavaClass target) {
                                return target.getPackageName().equals("dev.jarvis.platform.vault")
                                        && !target.getSimpleName().equals("Secret");
                            }
                        }))
                .check(OURS);
        noClasses()
                .that(resideInAnyPackage("dev.jarvis.gateway..", "dev.jarvis.control..", "dev.jarvis.platform.."))
                .should()
                .dependOnClassesThat(resideInAPackage("dev.jarvis.engine.."))
                .check(OURS);
    }

    /** The engine's client to the gateway and the gateway's to an engine apart, whose addresses are the operator's; and the engine's guarded way out. */
    private static final DescribedPredicate<JavaClass> CLIENTS_OF_THE_ENGINE =
            new DescribedPredicate<>("the engine's clients, and the one to it") {
                @Override
                public boolean test(JavaClass type) {
                    return type.getFullName().equals("dev.jarvis.engine.model.GatewayHttp")
                            || type.getFullName().equals("dev.jarvis.engine.egress.GuardedHttp")
                            || type.getFullName().equals("dev.jarvis.server.EngineProxy");
                }
            };

    /** Events go to addresses that administrators gave, by this one class, which asks the same guard. */
    private static final DescribedPredicate<JavaClass> SENDER_OF_WEBHOOKS =
            new DescribedPredicate<>("the sender of webhooks") {
                @Override
                public boolean test(JavaClass type) {
                    return type.getFullName().equals("dev.jarvis.control.webhook.WebhookSender");
                }
            };

    @Test
    void onlyTheUpstreamOpensConnectionsToProviders() {
        noClasses()
                .that(DescribedPredicate.not(resideInAPackage("dev.jarvis.gateway.upstream..")
                        .or(SENDER_OF_WEBHOOKS)
                        .or(CLIENTS_OF_THE_ENGINE)))
                .should()
                .callMethodWhere(new DescribedPredicate<>("an HTTP or TCP client is made") {
                    @Override
                    public boolean test(JavaMethodCall call) {
                        return call.getName()
                                        .matches(
                                                "createHttpClient|httpClientBuilder|createNetClient|openConnection|openStream")
                                || (call.getTargetOwner().getFullName().equals("java.net.http.HttpClient")
                                        && call.getName().matches("newHttpClient|newBuilder"));
                    }
                })
                .orShould()
                .callConstructorWhere(new DescribedPredicate<>("a socket is made") {
                    @Override
                    public boolean test(JavaConstructorCall call) {
                        return call.getTargetOwner().getFullName().equals("java.net.Socket");
                    }
                })
                .check(OURS);
    }

    /** The one other program is our own Java: a PDF is parsed in a process that can be bounded and ended. */
    @Test
    void s17_nothingRunsProgramsOrScriptsOrRevivesObjectsExceptTheEmbeddedDatabaseAndThePdfReader() {
        noClasses()
                .that(DescribedPredicate.not(resideInAPackage("dev.jarvis.platform.postgres..")))
                .and()
                .doNotHaveFullyQualifiedName("dev.jarvis.engine.attachment.PdfReader")
                .should()
                .dependOnClassesThat(new DescribedPredicate<>("run code") {
                    @Override
                    public boolean test(JavaClass target) {
                        return target.getFullName().equals("java.lang.ProcessBuilder")
                                || target.getPackageName().startsWith("javax.script")
                                || target.getFullName().equals("java.io.ObjectInputStream")
                                || target.getFullName().endsWith("PolymorphicTypeValidator");
                    }
                })
                .orShould()
                .callMethodWhere(new DescribedPredicate<>("Runtime.exec") {
                    @Override
                    public boolean test(JavaMethodCall call) {
                        return call.getTargetOwner().getFullName().equals("java.lang.Runtime")
                                && call.getName().equals("exec");
                    }
                })
                .check(OURS);
    }

    @Test
    void s12_noStatementIsPutTogetherFromPieces() throws IOException {
        assertThat(sourcesThat(text -> GLUED_SQL.matcher(text).find())).isEmpty();
    }

    /**
     * The texts of all statements are constants of the compiled classes, but for those that are named here, each for what it
     * is made of. A new name needs a look at what it puts into SQL, and its reason in this list.
     */
    @Test
    void s12_textsOfStatementsAreConstantsOfTheProgram() throws IOException {
        StatementTexts texts = new StatementTexts(compiled());

        assertThat(texts.computed())
                .containsExactlyInAnyOrder(
                        "EmbeddedPostgres.exists", // constants of its callers
                        "EngineRights.names", // constants of its callers
                        "Migrations.run", // a file of the program
                        "PostgresLedger.run", // constants of its callers
                        "RecordListing.bound", // constants, and how many outcomes are asked for
                        "SealedColumn.replace", // constants of the list of columns
                        "SealedColumn.rowsNotUnder", // constants of the list of columns
                        "TeamTable.write", // constants of its callers
                        "UsageListing.read"); // constants, chosen by what the report groups by
        assertThat(texts.constant()).isGreaterThan(200);
    }

    private static List<Path> compiled() {
        Path repository = Path.of(System.getProperty("jarvis.repository"));
        return Stream.of("platform", "gateway", "control", "engine", "server")
                .map(module -> repository.resolve(module).resolve("target/classes"))
                .toList();
    }

    @Test
    void c5_thereIsNoCounterOfDroppedUsage() throws IOException {
        assertThat(sourcesThat(text -> text.matches("(?s).*usage[._]dropped.*")))
                .isEmpty();
    }

    private static List<Path> sourcesThat(Predicate<String> wanted) throws IOException {
        Path repository = Path.of(System.getProperty("jarvis.repository"));
        try (Stream<Path> modules = Stream.of("platform", "gateway", "control", "engine", "server")
                .map(module -> repository.resolve(module).resolve("src/main/java"))) {
            return modules.flatMap(ArchitectureTest::javaFiles)
                    .filter(file -> wanted.test(text(file)))
                    .map(repository::relativize)
                    .toList();
        }
    }

    private static Stream<Path> javaFiles(Path directory) {
        try {
            return Files.walk(directory).filter(file -> file.toString().endsWith(".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
