-- Whoever may read all data may enter every database; provisioning says so for each institution's.
grant pg_read_all_data to kura_backup;
grant pg_monitor to kura_monitoring;

-- An institution's role has business in its own database alone.
revoke connect, temporary on database postgres, template1, keycloak, handle, kura from public;
grant connect on database postgres to pg_monitor;
grant connect on database keycloak, handle, kura to pg_read_all_data;
