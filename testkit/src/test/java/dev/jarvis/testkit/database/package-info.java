@org.jspecify.annotations.NullMarked
package dev.jarvis.testkit.database;
