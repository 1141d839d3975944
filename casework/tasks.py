from celery import shared_task

from casework import jobs


@shared_task
def carry_out_job(job_id):
    jobs.run(job_id)


@shared_task
def sweep_jobs():
    jobs.sweep()
